import { useState } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import { Dialog } from '../../ui/dialog'
import { MoveApps } from './move-apps'
import { removalTitle } from './removal-view'
import { RemoveApp } from './remove-app'
import { useApp } from './use-apps'
import { words } from './words'

/** What can be open above an app. */
export interface AppDialog {
  readonly kind: 'move' | 'remove'
  readonly id: string
}

/** The dialog that is open above an app, if any. An app that goes meanwhile stays in it until it is closed. */
export const AppDialogs = (props: { readonly open: AppDialog | null; readonly onClose: () => void }) => {
  const { open, onClose } = props
  const current = useApp(open?.id ?? '')
  const [kept, setKept] = useState<App | null>(null)
  if (current !== undefined && current !== kept) setKept(current)
  const app = open === null ? null : (current ?? (kept?.id === open.id ? kept : null))
  const [removal, setRemoval] = useState<Removal | null>(null)
  const close = () => {
    onClose()
    setRemoval(null)
  }
  const title =
    app === null
      ? ''
      : open?.kind === 'move'
        ? words.moving.title(1, app.name)
        : removal === null
          ? words.removing.title(app.name)
          : removalTitle(removal)
  return (
    <Dialog open={app !== null} title={title} size={520} onClose={close}>
      {app !== null && open?.kind === 'move' && <MoveApps key={app.id} apps={[app]} onClose={onClose} />}
      {app !== null && open?.kind === 'remove' && (
        <RemoveApp key={app.id} app={app} removal={removal} onRemoved={setRemoval} onClose={close} />
      )}
    </Dialog>
  )
}
