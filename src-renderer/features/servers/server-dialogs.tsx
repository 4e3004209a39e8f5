import { useState } from 'react'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import type { Server } from '../../../src-preload/contract/entities/server'
import { Dialog } from '../../ui/dialog'
import { removalTitle } from '../apps/removal-view'
import { InstallKey, InstallReceiver } from './install-dialogs'
import { ReceiverForm } from './receiver-form'
import { RemoveServer } from './remove-server'
import { ServerForm } from './server-form'
import { placeOf } from './server-view'
import { useServer } from './use-servers'
import { words } from './words'

/** What can be open above a server. */
export interface ServerDialog {
  readonly kind: 'edit' | 'install-key' | 'install-receiver' | 'receiver' | 'remove'
  readonly id: string
}

const titleOf = (kind: ServerDialog['kind'], server: Server): string => {
  switch (kind) {
    case 'edit':
      return words.form.editTitle(server.name)
    case 'install-key':
      return words.installKey.title(placeOf(server))
    case 'install-receiver':
      return words.installReceiver.title(server.name)
    case 'receiver':
      return words.receiverForm.title
    case 'remove':
      return words.removing.title(server.name)
  }
}

const Body = (props: {
  readonly kind: ServerDialog['kind']
  readonly server: Server
  readonly removal: Removal | null
  readonly onRemoved: (removal: Removal) => void
  readonly onClose: () => void
}) => {
  const { server, onClose } = props
  switch (props.kind) {
    case 'edit':
      return <ServerForm server={server} onDone={onClose} onClose={onClose} />
    case 'install-key':
      return <InstallKey server={server} onClose={onClose} />
    case 'install-receiver':
      return <InstallReceiver server={server} onClose={onClose} />
    case 'receiver':
      return <ReceiverForm server={server} onClose={onClose} />
    case 'remove':
      return <RemoveServer server={server} removal={props.removal} onRemoved={props.onRemoved} onClose={onClose} />
  }
}

/** The dialog that is open above a server, if any. A server that goes meanwhile stays in it until it is closed. */
export const ServerDialogs = (props: { readonly open: ServerDialog | null; readonly onClose: () => void }) => {
  const current = useServer(props.open?.id ?? '')
  const [kept, setKept] = useState<Server | null>(null)
  if (current !== undefined && current !== kept) setKept(current)
  const server = props.open === null ? null : (current ?? (kept?.id === props.open.id ? kept : null))
  const [removal, setRemoval] = useState<Removal | null>(null)
  const close = () => {
    props.onClose()
    setRemoval(null)
  }
  const title =
    props.open === null || server === null
      ? ''
      : removal === null
        ? titleOf(props.open.kind, server)
        : removalTitle(removal)
  return (
    <Dialog open={server !== null} title={title} size={520} onClose={close}>
      {props.open !== null && server !== null && (
        <Body
          key={`${props.open.kind} ${server.id}`}
          kind={props.open.kind}
          server={server}
          removal={removal}
          onRemoved={setRemoval}
          onClose={close}
        />
      )}
    </Dialog>
  )
}
