import { useEffect, useRef } from 'react'
import { Button } from './button'
import { classNames } from './class-names'
import style from './host-key-question.module.css'
import { words } from './words'

/** A host key to be compared by a person. Only the fingerprint on the screen can be trusted. */
export interface ShownHostKey {
  readonly type: string
  readonly fingerprint: string
  /** Fingerprint that the host publishes, or null where it publishes none. */
  readonly published: string | null
}

const comparison = ({ fingerprint, published }: ShownHostKey): string => {
  if (published === null) {
    return words.hostKey.unseen
  }
  return published === fingerprint ? words.hostKey.published : words.hostKey.foreign(published)
}

/** Asks whether a host is the right one. What waits for the answer waits in sight. */
export const HostKeyQuestion = (props: {
  readonly host: string
  readonly hostKey: ShownHostKey
  readonly busy?: boolean
  readonly onTrust: (fingerprint: string) => void
}) => {
  const { host, hostKey } = props
  const foreign = hostKey.published !== null && hostKey.published !== hostKey.fingerprint
  const title = words.hostKey.title(host)
  const section = useRef<HTMLElement>(null)
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <section ref={section} className={classNames(style.question, foreign && style.bad)} aria-label={title}>
      <p className={style.title}>{title}</p>
      <p>{comparison(hostKey)}</p>
      <code className={style.print}>
        {hostKey.type} {hostKey.fingerprint}
      </code>
      <Button small busy={props.busy === true} onClick={() => props.onTrust(hostKey.fingerprint)}>
        {words.hostKey.trust}
      </Button>
    </section>
  )
}
