import { useEffect } from 'react'
import type { TrustedCertificate } from '../../../src-preload/contract/certificates'
import { FailureCard } from '../../failures/failure-card'
import { Button } from '../../ui/button'
import { Group, Section } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import style from './certificates.module.css'
import { certificates, useCertificates } from './use-certificates'
import { words } from './words'

const Row = ({ one, onForget }: { readonly one: TrustedCertificate; readonly onForget: () => void }) => (
  <li className={style.row}>
    <div className={style.words}>
      <p className={style.host}>{one.host}</p>
      <p className={style.facts}>
        <bdi>{one.subject}</bdi> · {words.trustedSince} <RelativeTime at={one.trustedAt} />
      </p>
      <p className={style.facts}>
        <code>{one.sha256}</code>
      </p>
    </div>
    <Button small aria-label={words.forgetHost(one.host)} onClick={onForget}>
      {words.forget}
    </Button>
  </li>
)

/** Certificates that a person trusts, each with the way to forget it. */
export const TrustedCertificates = () => {
  const trusted = useCertificates((state) => state.trusted)
  const failure = useCertificates((state) => state.failure)
  useEffect(() => void certificates.load(), [])
  return (
    <Section title={words.title} about={words.about}>
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void certificates.load() }} />}
      {trusted?.length === 0 && <p className={style.facts}>{words.none}</p>}
      {trusted !== null && trusted.length > 0 && (
        <Group>
          <ul className={style.list} aria-label={words.title}>
            {trusted.map((one) => (
              <Row key={one.host} one={one} onForget={() => void certificates.forget(one.host)} />
            ))}
          </ul>
        </Group>
      )}
    </Section>
  )
}
