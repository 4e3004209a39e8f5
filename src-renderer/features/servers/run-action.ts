import type { Server } from '../../../src-preload/contract/entities/server'
import { navigate } from '../../location'
import type { ServerDialog } from './server-dialogs'
import type { NextAction } from './server-view'
import { servers } from './use-servers'

/** The place of one server. */
export const serverPlace = (id: string): string => `/servers/${encodeURIComponent(id)}`

/** Does it: here, in a dialog, or by going where it is done. */
export const runAction = (action: NextAction, server: Server, open: (dialog: ServerDialog) => void): void => {
  switch (action) {
    case 'check':
      void servers.check(server.id)
      break
    case 'compare-host-key':
      navigate(serverPlace(server.id))
      break
    case 'install-key':
    case 'install-receiver':
      open({ kind: action, id: server.id })
      break
    case 'start-receiver':
      void servers.startReceiver(server.id)
      break
    case 'new-app':
      navigate(`/apps/new?server=${encodeURIComponent(server.id)}`)
      break
  }
}
