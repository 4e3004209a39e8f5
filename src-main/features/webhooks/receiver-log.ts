import { deliveryOutcomes, type WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import { saidName } from '../../../src-preload/contract/plain-text'
import type { Answer } from '../../deploy/frame'

type Outcome = WebhookDelivery['outcome']

const outcomeOf = (text: string): Outcome => deliveryOutcomes.find((known) => known === text) ?? null

/** How the deploy ended that a push started, as far as that says more than "deployed". */
const endings = (answer: Answer): ReadonlyMap<string, Outcome> =>
  new Map(
    answer.all('ended').flatMap((line): [string, Outcome][] => {
      const [id = '', state = '', why = ''] = line.split(/[ \t]/)
      if (state === 'unchanged') return [[id, why === 'paths' ? 'ignored-paths' : 'unchanged']]
      return state === 'failed' ? [[id, 'failed']] : []
    }),
  )

/** Our own lines: time, delivery, event, outcome, deploy. @param ahead the server's clock before ours, in ms */
const genuine = (answer: Answer, ahead: number): readonly WebhookDelivery[] => {
  const ended = endings(answer)
  return answer
    .get('log')
    .split('\n')
    .flatMap((line): WebhookDelivery[] => {
      const [at = '', delivery = '', event = '', outcome = '', deploy = ''] = line.split('\t')
      if (!/^\d{13}$/.test(at)) return []
      return [
        {
          id: saidName(delivery, 100) || `${at} ${event} ${outcome}`,
          at: Number(at) - ahead,
          event: saidName(event, 80),
          status: outcome === 'failed' ? 500 : 202,
          failed: outcome === 'failed' || outcome === 'bad-signature',
          milliseconds: null,
          response: outcomeOf(outcome),
          from: 'receiver',
          outcome: ended.get(deploy) ?? outcomeOf(outcome),
        },
      ]
    })
}

/** Time that Go's `ms`, `µs` and `s` stand for, in ms. */
const duration = (text: string): number | null => {
  const [, number, unit] = /^([\d.]+)(µs|ms|s)$/.exec(text) ?? []
  if (number === undefined) return null
  return Math.round(Number(number) * (unit === 's' ? 1000 : unit === 'ms' ? 1 : 0.001))
}

const receiverLine =
  /^\[webhook\] (\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) \[([^\]]{1,40})\] (\d{3}) \| [^|]* \| (\S+) \|/

/**
 * Lines of the receiver itself, of calls that it turned away; its clock is set to UTC and tells whole seconds. Where none
 * that it took follows, such a call came after the last genuine one of the same second.
 * @param lastGenuineAt Unix ms, by our clock
 */
const refused = (answer: Answer, ahead: number, lastGenuineAt: number): readonly WebhookDelivery[] => {
  const lines = answer
    .get('refused')
    .split('\n')
    .flatMap((line) => {
      const [, year, month, day, time, id = '', status = '', took = ''] = receiverLine.exec(line) ?? []
      const at = Date.parse(`${year}-${month}-${day}T${time}Z`) - ahead
      return Number.isNaN(at) ? [] : [{ at, id, status, took }]
    })
  const lastTaken = lines.map(({ status }) => /^[25]/.test(status)).lastIndexOf(true)
  return lines.flatMap(({ at, id, status, took }, index): WebhookDelivery[] => {
    // What our own script answered stands in its own log.
    if (status.startsWith('2')) return []
    const afterAll = index > lastTaken && at + 999 >= lastGenuineAt
    return [
      {
        id,
        at: afterAll ? Math.max(at, lastGenuineAt + 1) : at,
        event: '',
        status: Number(status),
        failed: true,
        milliseconds: duration(took),
        response: null,
        from: 'receiver',
        outcome: status === '403' ? 'bad-signature' : status === '413' ? 'too-large' : null,
      },
    ]
  })
}

/** What arrived on the server, newest first. */
export const readReceiverLog = (answer: Answer, now: number): readonly WebhookDelivery[] => {
  const ahead = Number(answer.get('now')) - now
  const taken = genuine(answer, ahead)
  return [...taken, ...refused(answer, ahead, taken.filter(isGenuine).at(-1)?.at ?? 0)].sort((a, b) => b.at - a.at)
}

/** Outcomes that only somebody who knows the secret can bring about. */
export const isGenuine = ({ outcome }: WebhookDelivery): boolean =>
  outcome !== null && outcome !== 'bad-signature' && outcome !== 'too-large'

/** A call that was signed with another secret, or not at all. */
export const isWrongSignature = ({ from, outcome }: WebhookDelivery): boolean =>
  from === 'receiver' && outcome === 'bad-signature'
