import { Tooltip } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import button from './button.module.css'
import { classNames } from './class-names'

/** Props of a button that shows only an icon; `label` is its name and its tooltip. */
export interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  readonly label: string
  readonly icon: ReactNode
}

/** A square button with an icon, named for everybody by its tooltip. */
export const IconButton = ({ label, icon, ...rest }: IconButtonProps) => (
  <Tooltip label={label}>
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
