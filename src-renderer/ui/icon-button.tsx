import { Tooltip } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import button from './button.module.css'
import { classNames } from './class-names'

/** Props of a button that shows only an icon; `label` is its name and its tooltip. */
export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  readonly label: string
  /** A shorter tooltip, where the name repeats what stands beside the button. */
  readonly tooltip?: string
  readonly icon: ReactNode
}

/** A square button with an icon, named for everybody by its tooltip. */
export const IconButton = ({ label, tooltip, icon, ...rest }: IconButtonProps) => (
  <Tooltip label={tooltip ?? label}>
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={classNames(button.button, button.quiet, button.square, rest.className)}
    >
      {icon}
    </button>
  </Tooltip>
)
