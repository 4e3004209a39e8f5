import { useEffect, useRef } from 'react'
import { Button } from './button'
import { classNames } from './class-names'
import style from './host-key-question.module.css'

/** A host key to be compared by a person. Only the fingerprint on the screen can be trusted. */
export interface ShownHostKey {
  readonly type: string
  readonly fingerprint: string
  /** Fingerprint that the host publishes, or null where it publishes none. */
  readonly published: string | null
}

const comparison = ({ fingerprint, published }: ShownHostKey): string => {
  if (published === null) {
    return 'It was never seen before. Compare the fingerprint with the one its administrator gives you.'
  }
  return published === fingerprint
    ? 'It equals the key that the host publishes.'
    : `It is not the key that the host publishes, which is ${published}. Do not go on unless you know why.`
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
  const title = `Is this really ${host}?`
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
        Trust this host key
      </Button>
    </section>
  )
}
