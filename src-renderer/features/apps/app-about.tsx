import { Pencil } from 'lucide-react'
import type { App } from '../../../src-preload/contract/entities/app'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { PlaceLink } from '../../frame/place-link'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { KeyValue } from '../../ui/key-value'
import { Section } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import { nameOf } from '../accounts/account-view'
import { useAccounts } from '../accounts/use-accounts'
import { placeOf } from '../servers/server-view'
import { useServer } from '../servers/use-servers'
import { Trigger } from './app-facts'
import style from './apps.module.css'
import { DeployKeyCard } from './deploy-key-card'
import { runAction } from './run-action'
import { words } from './words'

const DeployKey = ({ app }: { readonly app: App }) => {
  const { serverKey } = app
  if (serverKey === null) return <p className={style.quiet}>{words.deployKeyNone}</p>
  if (serverKey.placed === 'by-hand') return <DeployKeyCard serverKey={serverKey} sshUrl={app.source.sshUrl} />
  return (
    <div className={style.fields}>
      <p className={style.quiet}>{words.deployKeyPlaced}</p>
      <KeyValue rows={[[words.fingerprint, <code key="print">{serverKey.fingerprint}</code>]]} />
      <div>
        <CopyButton small copy={() => api.system.copy({ text: serverKey.publicKey })}>
          {words.copyKey}
        </CopyButton>
      </div>
    </div>
  )
}

const extras = (app: App): string =>
  [app.submodules ? words.submodules : null, app.lfs ? words.lfs : null].filter((part) => part !== null).join(', ')

/** Everything that was said when the app was made, and the key by which its server reads the repository. */
export const AppAbout = ({ app }: { readonly app: App }) => {
  const account = useAccounts((state) => state.accounts?.find(({ id }) => id === app.source.accountId))
  const server = useServer(app.serverId)
  const { facts } = words
  return (
    <>
      <KeyValue
        rows={[
          [facts.account, account === undefined ? null : `${nameOf(account)} · ${hostName(account.host)}`],
          [facts.repository, <bdi key="path">{app.source.path}</bdi>],
          [facts.branch, <code key="branch">{app.branch}</code>],
          [facts.rootFolder, app.rootFolder === '' ? words.wholeRepository : <code key="root">{app.rootFolder}</code>],
          [
            facts.watchPaths,
            app.watchPaths.length === 0 ? (
              words.everyPush
            ) : (
              <span key="patterns" className={style.patterns}>
                {app.watchPaths.map((pattern) => (
                  <code key={pattern}>{pattern}</code>
                ))}
              </span>
            ),
          ],
          [
            facts.server,
            server === undefined ? (
              words.goneServer
            ) : (
              <span key="server">
                <PlaceLink to={`/servers/${encodeURIComponent(server.id)}`} className={style.link}>
                  {server.name}
                </PlaceLink>{' '}
                <span className={style.quiet}>{placeOf(server)}</span>
              </span>
            ),
          ],
          [facts.folder, <code key="folder">{app.folder}</code>],
          [
            facts.command,
            app.command.trim() === '' ? (
              words.noCommand
            ) : (
              <code key="command" className={style.command}>
                {app.command}
              </code>
            ),
          ],
          [
            facts.variables,
            app.variables.length === 0 ? null : <code key="variables">{app.variables.join(', ')}</code>,
          ],
          [facts.extras, extras(app)],
          [facts.starts, <Trigger key="starts" app={app} />],
          [facts.created, <RelativeTime key="created" at={app.createdAt} />],
        ]}
      />
      <div className={style.edit}>
        <Button icon={<Pencil size={14} aria-hidden />} onClick={() => runAction('edit', app)}>
          {words.edit}
        </Button>
      </div>
      <Section title={words.deployKey}>
        <DeployKey app={app} />
      </Section>
    </>
  )
}
