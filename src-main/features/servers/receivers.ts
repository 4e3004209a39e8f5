import type { Receiver } from '../../../src-preload/contract/entities/server'
import { Failure } from '../../../src-preload/contract/outcome'
import type { Answer, Field } from '../../deploy/frame'
import type { Pilot } from '../../deploy/pilot'
import type { ServerRecord } from './servers-document'

/** What a receiver is doing. */
export interface ReceiverStatus {
  readonly state: Receiver['state']
  readonly keptBy: Receiver['keptBy']
  /** Whether the server looks for new commits by itself. */
  readonly polling: boolean
  /** The receiver's own last complaint, or ''. */
  readonly message: string
  /** The program that it lacks where it is absent. */
  readonly lacks: 'webhook' | 'perl'
}

/** The receivers of pushes on the servers, as webhooks use them. */
export interface Receivers {
  /** Sets it up as wanted, reads the hooks again, starts what has to run. */
  apply(serverId: string): Promise<ReceiverStatus>
  status(serverId: string): Promise<ReceiverStatus>
  /** Stops it for good, with the timer that polls. */
  stop(serverId: string): Promise<void>
  /** Base address that providers call. */
  address(serverId: string): string
}

/** How often the server itself looks for new commits where no push arrives, in seconds. */
const interval = '60'

export interface ReceiverParts {
  readonly find: (id: string) => ServerRecord
  readonly save: (id: string, receiver: Partial<ServerRecord['receiver']>) => Promise<unknown>
  readonly run: <T>(id: string, act: (pilot: Pilot) => Promise<T>) => Promise<T>
  readonly address: (id: string) => string
}

const keepers = ['systemd', 'cron', 'nothing'] as const

const read = (answer: Answer): ReceiverStatus => {
  const state = (): Receiver['state'] => {
    if (answer.get('installed') === '') return 'absent'
    if (answer.get('running') !== '') return 'running'
    return answer.get('wanted') === '' ? 'off' : 'down'
  }
  return {
    state: state(),
    keptBy: keepers.find((name) => name === answer.get('keeper')) ?? 'nothing',
    polling: answer.get('polling') !== '',
    message: answer.get('message'),
    lacks: answer.get('absent') === 'perl' ? 'perl' : 'webhook',
  }
}

const settingsOf = ({ receiver }: ServerRecord): readonly Field[] => [
  ['listen', receiver.listen === 'loopback' ? '127.0.0.1' : '0.0.0.0'],
  ['port', String(receiver.port)],
  ['interval', interval],
  ...(receiver.certificate === null
    ? []
    : ([
        ['chain', receiver.certificate.chain],
        ['private', receiver.certificate.key],
      ] as const)),
]

export const createReceivers = ({ find, save, run, address }: ReceiverParts): Receivers => {
  /**
   * Another computer may have set this receiver up already. Then its port is kept, because the addresses of its hooks
   * are known outside.
   */
  const adopt = async (id: string, answer: Answer) => {
    const port = Number(answer.get('port'))
    if (find(id).receiver.chosen || answer.get('set') === '' || !Number.isInteger(port)) return
    const [chain, key] = [answer.get('chain'), answer.get('private')]
    await save(id, {
      port,
      listen: answer.get('listen') === '127.0.0.1' ? 'loopback' : 'own-port',
      certificate: chain === '' || key === '' ? null : { chain, key },
    })
  }
  const note = async (id: string, answer: Answer): Promise<ReceiverStatus> => {
    const status = read(answer)
    await save(id, { state: status.state, keptBy: status.keptBy })
    return status
  }
  return {
    address,
    status: async (id) => note(id, await run(id, (pilot) => pilot.call('receiver-status'))),
    apply: async (id) => {
      if (!find(id).receiver.chosen) {
        await adopt(id, await run(id, (pilot) => pilot.call('receiver-status')))
        await save(id, { chosen: true })
      }
      const settings = settingsOf(find(id))
      return note(id, await run(id, (pilot) => pilot.call('receiver-apply', settings)))
    },
    stop: async (id) => {
      await run(id, (pilot) => pilot.call('receiver-stop'))
      await save(id, { state: 'off' })
    },
  }
}

/** The failure of a receiver that ought to run and does not, or null. */
export const receiverFailure = (status: ReceiverStatus, host: string, port: number): Failure | null => {
  if (status.state === 'absent') return new Failure('tool-missing', { tool: status.lacks, host })
  if (status.state !== 'down') return null
  return new Failure('receiver-down', { host, port: String(port), message: status.message })
}
