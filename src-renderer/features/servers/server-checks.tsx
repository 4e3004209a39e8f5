import type { Server, ServerCheck } from '../../../src-preload/contract/entities/server'
import { FailureCard } from '../../failures/failure-card'
import { Button } from '../../ui/button'
import { type Check, CheckList } from '../../ui/check-list'
import { HostKeyQuestion } from '../../ui/host-key-question'
import { runAction } from './run-action'
import type { ServerDialog } from './server-dialogs'
import { detailOf, placeOf, problemOf } from './server-view'
import { servers, useServers } from './use-servers'
import { words } from './words'

type OnDialog = (dialog: ServerDialog) => void

const mend = (server: Server, check: ServerCheck, onDialog: OnDialog) => {
  const action = check.mend
  if (action === 'no' || (check.state !== 'failed' && check.state !== 'warned')) return undefined
  return (
    <Button small onClick={() => runAction(action, server, onDialog)}>
      {words.actions[action]}
    </Button>
  )
}

/** A failed check in full. What the table says of a key at a git host is said of the server here. */
const Failed = ({ server, check, onDialog }: { server: Server; check: ServerCheck; onDialog: OnDialog }) =>
  check.failure === null ? null : (
    <FailureCard
      failure={check.failure}
      facts={{ host: server.host }}
      words={
        check.failure.code === 'publickey-denied'
          ? { cause: words.unlogged(placeOf(server)), fix: words.unloggedFix, action: null }
          : {
              ...(check.failure.code === 'storage-failed' ? { title: words.homeBlocked, cause: '' } : {}),
              ...(check.mend === 'no' ? {} : { action: null }),
            }
      }
      handlers={{
        retry: () => void servers.check(server.id),
        'check-server': () => void servers.check(server.id),
        'show-host-key': () => void servers.check(server.id),
        'install-receiver': () => onDialog({ kind: 'install-receiver', id: server.id }),
      }}
    />
  )

/** What was looked at on a server, each line ticking as it is announced; a question stands below its line. */
export const ServerChecks = ({ server, onDialog }: { readonly server: Server; readonly onDialog: OnDialog }) => {
  const busy = useServers((state) => state.busy.has(server.id))
  const { hostKey } = server
  const checks = server.checks.map((check): Check => {
    const asks = check.check === 'host-key' && server.state === 'asks-host-key' && hostKey !== null
    return {
      id: check.check,
      label: words.checks[check.check],
      state: asks ? 'warned' : check.state,
      detail: detailOf(check),
      milliseconds: check.milliseconds,
      problem: check.state === 'warned' && !asks ? problemOf(server, check) : null,
      action: mend(server, check, onDialog),
      below: asks ? (
        <HostKeyQuestion
          host={server.host}
          hostKey={hostKey}
          busy={busy}
          onCompare={(fingerprint) => void servers.confirmHostKey(server.id, fingerprint)}
        />
      ) : check.state === 'failed' ? (
        <Failed server={server} check={check} onDialog={onDialog} />
      ) : undefined,
    }
  })
  return <CheckList label={words.checksTitle} checks={checks} />
}
