import { Copy, KeyRound, Pencil, Plus, RefreshCw, Trash2 } from 'lucide-react'
import type { Server } from '../../../src-preload/contract/entities/server'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { type MenuAction, MoreMenu } from '../../ui/more-menu'
import { toast } from '../../ui/toast'
import { runAction } from './run-action'
import type { ServerDialog } from './server-dialogs'
import { type NextAction, placeOf } from './server-view'
import { words } from './words'

const size = 14

const copy = (text: string, shown = text) =>
  void api.system.copy({ text }).then(() => toast({ tone: 'good', title: words.copied, text: shown }), reportFailure)

/** Everything that can be done with a server besides its one next thing. */
export const ServerMenu = (props: {
  readonly server: Server
  readonly next: NextAction
  readonly onDialog: (dialog: ServerDialog) => void
}) => {
  const { server, next, onDialog } = props
  const other = (action: NextAction, icon: MenuAction['icon']): readonly MenuAction[] =>
    next === action ? [] : [{ label: words.actions[action], icon, run: () => runAction(action, server, onDialog) }]
  return (
    <MoreMenu
      label={words.more(server.name)}
      groups={[
        [
          ...other('check', <RefreshCw size={size} aria-hidden />),
          ...other('new-app', <Plus size={size} aria-hidden />),
        ],
        [
          {
            label: words.edit,
            icon: <Pencil size={size} aria-hidden />,
            run: () => onDialog({ kind: 'edit', id: server.id }),
          },
          {
            label: words.copyKey,
            icon: <KeyRound size={size} aria-hidden />,
            run: () => copy(server.publicKey, ''),
          },
          {
            label: words.copyAddress,
            icon: <Copy size={size} aria-hidden />,
            run: () => copy(placeOf(server)),
          },
        ],
        [
          {
            label: words.remove,
            icon: <Trash2 size={size} aria-hidden />,
            danger: true,
            run: () => onDialog({ kind: 'remove', id: server.id }),
          },
        ],
      ]}
    />
  )
}
