import { useEffect, useRef } from 'react'
import { Button } from './button'
import { classNames } from './class-names'
import style from './host-key-question.module.css'
import { words } from './words'

/** A host key to be compared by a person. Only what main shows of it can be trusted. */
export interface ShownHostKey {
  readonly fingerprint: string
  /** Fingerprint that the host publishes, or null where it publishes none. */
  readonly published: string | null
}

/** Says that a host has to be compared; the button opens main's dialog. What waits for the answer waits in sight. */
export const HostKeyQuestion = (props: {
  readonly host: string
  readonly hostKey: ShownHostKey
  readonly busy?: boolean
  readonly onCompare: (fingerprint: string) => void
}) => {
  const { fingerprint, published } = props.hostKey
  const foreign = published !== null && published !== fingerprint
  const title = words.hostKey.title(props.host)
  const section = useRef<HTMLElement>(null)
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <section ref={section} className={classNames(style.question, foreign && style.bad)} aria-label={title}>
      <p className={style.title}>{title}</p>
      <p>{foreign ? words.hostKey.foreign : words.hostKey.unseen}</p>
      <Button small busy={props.busy === true} onClick={() => props.onCompare(fingerprint)}>
        {words.hostKey.compare}
      </Button>
    </section>
  )
}
