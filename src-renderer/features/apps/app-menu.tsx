import { ArrowRightLeft, Copy, Pencil, Rocket, Server as ServerIcon, Trash2, Webhook } from 'lucide-react'
import type { App } from '../../../src-preload/contract/entities/app'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { type MenuAction, MoreMenu } from '../../ui/more-menu'
import { toast } from '../../ui/toast'
import type { AppDialog } from './app-dialogs'
import type { NextAction } from './app-view'
import { runAction } from './run-action'
import { words } from './words'

const size = 14

const copy = (text: string) =>
  void api.system.copy({ text }).then(() => toast({ tone: 'good', title: words.copied, text }), reportFailure)

/** Everything that can be done with an app besides its one next thing. */
export const AppMenu = (props: {
  readonly app: App
  readonly next: NextAction | null
  readonly onDialog: (dialog: AppDialog) => void
}) => {
  const { app, next, onDialog } = props
  const commit = app.current?.commit
  const act: readonly (MenuAction & { readonly action: NextAction })[] = [
    {
      action: 'deploy',
      label: words.actions.deploy,
      icon: <Rocket size={size} aria-hidden />,
      run: () => runAction('deploy', app),
    },
    {
      action: 'webhook',
      label: words.actions.webhook,
      icon: <Webhook size={size} aria-hidden />,
      run: () => runAction('webhook', app),
    },
    {
      action: 'server',
      label: words.actions.server,
      icon: <ServerIcon size={size} aria-hidden />,
      run: () => runAction('server', app),
    },
  ]
  return (
    <MoreMenu
      label={words.more(app.name)}
      groups={[
        act.filter(({ action }) => action !== next),
        [
          { label: words.edit, icon: <Pencil size={size} aria-hidden />, run: () => runAction('edit', app) },
          {
            label: words.move,
            icon: <ArrowRightLeft size={size} aria-hidden />,
            run: () => onDialog({ kind: 'move', id: app.id }),
          },
          ...(commit === undefined
            ? []
            : [{ label: words.copyCommit, icon: <Copy size={size} aria-hidden />, run: () => copy(commit) }]),
        ],
        [
          {
            label: words.remove,
            icon: <Trash2 size={size} aria-hidden />,
            danger: true,
            run: () => onDialog({ kind: 'remove', id: app.id }),
          },
        ],
      ]}
    />
  )
}
