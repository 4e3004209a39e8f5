import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Button } from './button'
import style from './dialog.module.css'
import { words } from './words'

let openDialogs = 0

/** What lies below a dialog can't be reached until the last one is closed: not by Tab, not by a screen reader. */
const useAlone = (open: boolean): void => {
  useEffect(() => {
    if (!open) return
    const below = document.getElementById('root')
    openDialogs += 1
    below?.setAttribute('inert', '')
    below?.setAttribute('aria-hidden', 'true')
    return () => {
      openDialogs -= 1
      if (openDialogs > 0) return
      below?.removeAttribute('inert')
      below?.removeAttribute('aria-hidden')
    }
  }, [open])
}

/** A dialog above the window: keeps the focus, closes by Esc, gives the focus back. `size` is its width in px. */
export const Dialog = (props: {
  readonly open: boolean
  readonly title: string
  readonly size?: number
  readonly onClose: () => void
  readonly children: ReactNode
}) => {
  useAlone(props.open)
  return (
    <Modal
      opened={props.open}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 480}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {props.children}
    </Modal>
  )
}

/** The row of buttons at a dialog's foot; the last is the one that acts. */
export const DialogButtons = ({ children }: { readonly children: ReactNode }) => (
  <div className={style.buttons}>{children}</div>
)

/** Asks before something is taken away. `verb` says what happens; there is no "OK". */
export const ConfirmDialog = (props: {
  readonly open: boolean
  readonly title: string
  readonly children: ReactNode
  readonly verb: string
  readonly cancel: string
  readonly busy?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) => (
  <Dialog open={props.open} title={props.title} onClose={props.onClose}>
    <div className={style.text}>{props.children}</div>
    <DialogButtons>
      <Button data-autofocus onClick={props.onClose}>
        {props.cancel}
      </Button>
      <Button look="danger" busy={props.busy === true} onClick={props.onConfirm}>
        {props.verb}
      </Button>
    </DialogButtons>
  </Dialog>
)
