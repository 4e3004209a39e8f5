import type { ComponentPropsWithRef, ReactNode } from 'react'
import style from './button.module.css'
import { classNames } from './class-names'
import { Spinner } from './spinner'

/** `primary`: the one next thing on a screen. `danger`: takes something away. `quiet`: beside other things. */
export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'

/** Props of a button; `busy` keeps its width and its name, and ignores clicks. */
export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly look?: ButtonLook
  readonly small?: boolean
  readonly icon?: ReactNode
  readonly busy?: boolean
  readonly disabled?: boolean | undefined
}

/** A button that stays focusable while disabled or busy, so that the keyboard never loses its place. */
export const Button = ({ look = 'secondary', small, icon, busy, disabled, children, ...rest }: ButtonProps) => {
  const idle = busy !== true && disabled !== true
  return (
    <button
      type="button"
      {...rest}
      className={classNames(style.button, style[look], small === true && style.small, rest.className)}
      aria-disabled={!idle}
      aria-busy={busy === true}
      data-busy={busy === true ? '' : undefined}
      onClick={(event) => {
        if (idle) rest.onClick?.(event)
        else event.preventDefault()
      }}
    >
      <span className={style.content}>
        {icon}
        {children}
      </span>
      {busy === true && (
        <span className={style.spinner}>
          <Spinner />
        </span>
      )}
    </button>
  )
}

/** Text that acts like a link: goes somewhere inside the app, or opens the browser. */
export const LinkButton = (props: ComponentPropsWithRef<'button'>) => (
  <button type="button" {...props} className={classNames(style.button, style.link, props.className)} />
)
