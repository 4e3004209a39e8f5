import { useEffect, useState } from 'react'
import type { TrustedCertificate } from '../../../src-preload/contract/certificates'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { Group, Section } from '../../ui/page'
import { RelativeTime } from '../../ui/relative-time'
import style from './certificates.module.css'
import { words } from './words'

const load = (show: (list: readonly TrustedCertificate[]) => void): void => {
  api.certificates.list().then(show, reportFailure)
}

/** Certificates that a person trusts, where there are any, each with the way to forget it. */
export const TrustedCertificates = () => {
  const [list, setList] = useState<readonly TrustedCertificate[]>([])
  useEffect(() => load(setList), [])
  if (list.length === 0) return null
  return (
    <Section title={words.title} about={words.about}>
      <Group>
        {list.map((one) => (
          <div key={one.host} className={style.row}>
            <div className={style.words}>
              <p className={style.host}>{one.host}</p>
              <p className={style.facts}>
                {one.subject} · {words.facts.trustedAt.toLowerCase()} <RelativeTime at={one.trustedAt} />
              </p>
              <p className={style.facts}>
                <code>{one.sha256}</code>
              </p>
            </div>
            <Button
              small
              look="quiet"
              onClick={() => void api.certificates.forget({ host: one.host }).then(() => load(setList), reportFailure)}
            >
              {words.forget}
            </Button>
          </div>
        ))}
      </Group>
    </Section>
  )
}
