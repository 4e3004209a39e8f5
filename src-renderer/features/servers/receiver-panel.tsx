import type { Receiver, Server } from '../../../src-preload/contract/entities/server'
import { api } from '../../api'
import { Button } from '../../ui/button'
import { KeyValue } from '../../ui/key-value'
import { MonoLine } from '../../ui/mono-line'
import { StateMark, type StateTone } from '../../ui/state-mark'
import { runAction } from './run-action'
import type { ServerDialog } from './server-dialogs'
import style from './servers.module.css'
import { useServers } from './use-servers'
import { words } from './words'

const tones: Record<Receiver['state'], StateTone> = {
  unknown: 'idle',
  absent: 'warn',
  off: 'idle',
  running: 'good',
  down: 'bad',
}

/** The program on the server that receives pushes: whether it listens, where, and what keeps it running. */
export const ReceiverPanel = (props: {
  readonly server: Server
  readonly onDialog: (dialog: ServerDialog) => void
}) => {
  const { server, onDialog } = props
  const { receiver } = server
  const busy = useServers((state) => state.busy.has(server.id))
  const installable = server.checks.find(({ check }) => check === 'receiver')?.mend === 'install-receiver'
  const next =
    receiver.state === 'absent' && installable
      ? 'install-receiver'
      : receiver.state === 'down'
        ? 'start-receiver'
        : null
  return (
    <div className={style.box}>
      <div className={style['box-head']}>
        <StateMark tone={tones[receiver.state]}>{words.receiverStates[receiver.state]}</StateMark>
        <div className={style.buttons}>
          {next !== null && (
            <Button small busy={busy} onClick={() => runAction(next, server, onDialog)}>
              {words.actions[next]}
            </Button>
          )}
          <Button small look="quiet" onClick={() => onDialog({ kind: 'receiver', id: server.id })}>
            {words.setReceiver}
          </Button>
        </div>
      </div>
      <MonoLine
        text={receiver.address}
        label={words.copyReceiver}
        copy={() => api.system.copy({ text: receiver.address })}
      />
      <KeyValue
        rows={[
          [words.receiverFacts.listens, words.listens[receiver.listen](receiver.port)],
          [
            words.receiverFacts.certificate,
            receiver.certificate !== null ? (
              <code key="chain">{receiver.certificate.chain}</code>
            ) : receiver.listen === 'loopback' || receiver.address.startsWith('https:') ? null : (
              words.plainHttp
            ),
          ],
          [words.receiverFacts.reboot, receiver.state === 'absent' ? null : words.keptBy[receiver.keptBy]],
        ]}
      />
    </div>
  )
}
