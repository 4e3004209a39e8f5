import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { formatDay } from '../../ui/times'
import style from './ssh-keys.module.css'
import { words } from './words'

/** The certificate that is offered with a key: who made it, for whom, until when. */
export const KeyCertificate = ({ sshKey }: { readonly sshKey: SshKey }) => {
  const certificate = sshKey.certificate ?? null
  const pick = () => void api.sshKeys.pickCertificate({ id: sshKey.id }).catch(reportFailure)
  const now = Date.now()
  return (
    <section aria-label={words.certificate}>
      <h3 className={style.label}>{words.certificate}</h3>
      {certificate === null ? (
        <p className={style.quiet}>{words.noCertificate}</p>
      ) : (
        <div className={style.print}>
          <p>
            <bdi>{certificate.id}</bdi> ·{' '}
            {certificate.principals.length === 0 ? words.anyUser : certificate.principals.join(', ')} ·{' '}
            {certificate.validUntil === null
              ? words.noEnd
              : certificate.validUntil <= now
                ? words.ended(formatDay(certificate.validUntil, now))
                : words.validUntil(formatDay(certificate.validUntil, now))}
          </p>
          <p className={style.quiet}>
            {words.signedBy} <code>{certificate.authority}</code>
          </p>
        </div>
      )}
      <div className={style.buttons}>
        <Button onClick={pick}>{certificate === null ? words.addCertificate : words.replaceCertificate}</Button>
        {certificate !== null && (
          <Button onClick={() => void api.sshKeys.dropCertificate({ id: sshKey.id }).catch(reportFailure)}>
            {words.dropCertificate}
          </Button>
        )}
      </div>
    </section>
  )
}
