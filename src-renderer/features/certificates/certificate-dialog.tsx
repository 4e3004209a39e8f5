import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Certificate } from '../../../src-preload/contract/certificates'
import { api } from '../../api'
import { type CertificateQuestion, certificateQuestion } from '../../failures/certificate-question'
import { FailureCard } from '../../failures/failure-card'
import { certificateReasons } from '../../failures/host-failures'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import { KeyValue } from '../../ui/key-value'
import { MonoLine } from '../../ui/mono-line'
import { SkeletonRows } from '../../ui/skeleton'
import { formatAbsolute } from '../../ui/times'
import { toast } from '../../ui/toast'
import style from './certificates.module.css'
import { certificates, useCertificates } from './use-certificates'
import { words } from './words'

const close = () => certificateQuestion.setState({ asked: null })

const when = (moment: string): string | null => {
  const at = Date.parse(moment)
  return Number.isFinite(at) ? formatAbsolute(at) : null
}

const trust = async ({ host, onTrusted }: CertificateQuestion) => {
  if (!(await certificates.trust())) return
  close()
  if (onTrusted === null) toast({ tone: 'good', title: words.trusted(host), text: words.tryAgain })
  else onTrusted()
}

const Facts = ({ certificate, why }: { readonly certificate: Certificate; readonly why: string }) => (
  <>
    <p>
      {certificateReasons[why]} {words.ask(certificate.host)}
    </p>
    <KeyValue
      rows={[
        [words.facts.subject, <bdi key="subject">{certificate.subject}</bdi>],
        [words.facts.issuer, <bdi key="issuer">{certificate.issuer}</bdi>],
        [words.facts.validFrom, when(certificate.validFrom)],
        [words.facts.validTo, when(certificate.validTo)],
      ]}
    />
    <div>
      <p className={style.label}>{words.facts.sha256}</p>
      <MonoLine
        text={certificate.sha256}
        label={words.copy}
        copy={() => api.system.copy({ text: certificate.sha256 })}
      />
    </div>
    <p className={style.advice}>
      {words.advice} {words.git[why]}
    </p>
  </>
)

const Question = ({ question }: { readonly question: CertificateQuestion }) => {
  const { host, why } = question
  const shown = useCertificates((state) => state.shown)
  const refused = useCertificates((state) => state.refused)
  const busy = useCertificates((state) => state.busy)
  useEffect(() => void certificates.look(host), [host])
  const changed = refused?.code === 'conflict' ? { ...words.changed, action: null } : undefined
  return (
    <div className={style.stack}>
      {shown === null && refused === null && <SkeletonRows rows={4} height={20} />}
      {shown !== null && <Facts certificate={shown} why={why} />}
      {refused !== null && (
        <FailureCard
          failure={refused}
          facts={{ host }}
          words={changed}
          handlers={{ retry: () => void certificates.look(host) }}
        />
      )}
      <DialogButtons>
        <Button onClick={close} data-autofocus>
          {words.cancel}
        </Button>
        <Button look="danger" busy={busy} disabled={shown === null} onClick={() => void trust(question)}>
          {words.trust(shown?.host ?? host)}
        </Button>
      </DialogButtons>
    </div>
  )
}

/** Shows the certificate that a host was refused for, trusts it when a person says so, and does again what failed. */
export const CertificateDialog = () => {
  const asked = useStore(certificateQuestion, (state) => state.asked)
  return (
    <Dialog open={asked !== null} title={words.question} size={600} onClose={close}>
      {asked !== null && <Question question={asked} />}
    </Dialog>
  )
}
