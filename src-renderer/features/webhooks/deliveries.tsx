import type { Webhook, WebhookDelivery } from '../../../src-preload/contract/entities/webhook'
import { failureLine } from '../../failures/failure-text'
import { formatDuration } from '../../ui/numbers'
import { RelativeTime } from '../../ui/relative-time'
import { StateMark } from '../../ui/state-mark'
import { deliveryTone } from './webhook-view'
import style from './webhooks.module.css'
import { words } from './words'

const wordOf = ({ outcome, status }: WebhookDelivery): string =>
  outcome !== null ? words.outcomes[outcome] : status === null ? words.noAnswer : words.answered(status)

const Line = ({ delivery }: { readonly delivery: WebhookDelivery }) => (
  <>
    <StateMark tone={deliveryTone(delivery)}>{wordOf(delivery)}</StateMark>
    <span className={style.quiet}>
      {[
        delivery.event,
        words.from[delivery.from],
        delivery.outcome !== null && delivery.status !== null ? words.answered(delivery.status) : '',
      ]
        .filter((part) => part !== '')
        .join(' · ')}
    </span>
    <span className={style.end}>
      {delivery.milliseconds !== null && `${formatDuration(delivery.milliseconds)} · `}
      <RelativeTime at={delivery.at} />
    </span>
  </>
)

/** The last calls, from the provider's log and from the server's own; the body of an answer unfolds. */
export const Deliveries = ({ webhook }: { readonly webhook: Webhook }) => (
  <div>
    <h2 className={style.title}>{words.deliveries}</h2>
    {!webhook.can.deliveries && <p className={style.quiet}>{words.noDeliveriesHere}</p>}
    {webhook.notes.map((note) => (
      <p key={`${note.code} ${note.facts.request ?? ''}`} className={style.quiet}>
        {note.code === 'rows-left-out' ? failureLine(note) : `${words.logUnread} ${failureLine(note)}`}
      </p>
    ))}
    {webhook.deliveries.length === 0 ? (
      <p className={style.quiet}>{words.noDeliveries}</p>
    ) : (
      <ul className={style.deliveries} aria-label={words.deliveries}>
        {webhook.deliveries.map((delivery) => (
          <li key={`${delivery.from} ${delivery.id}`}>
            {delivery.response === null || delivery.response === '' ? (
              <div className={style.delivery}>
                <Line delivery={delivery} />
              </div>
            ) : (
              <details>
                <summary className={style.delivery}>
                  <Line delivery={delivery} />
                </summary>
                <pre className={style.body}>{delivery.response}</pre>
              </details>
            )}
          </li>
        ))}
      </ul>
    )}
  </div>
)
