import { useState } from 'react'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { certificateReasons } from '../../failures/host-failures'
import { toFailure } from '../../failures/to-failure'
import { back } from '../../location'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { KeyValue } from '../../ui/key-value'
import { MonoLine } from '../../ui/mono-line'
import { formatAbsolute } from '../../ui/times'
import { toast } from '../../ui/toast'
import style from './certificates.module.css'
import { words } from './words'

const when = (moment: string | undefined): string | null => {
  const at = Date.parse(moment ?? '')
  return Number.isFinite(at) ? formatAbsolute(at) : null
}

/** Shows the certificate that a host was refused for, and trusts it for that host when a person says so. */
export const CertificatePanel = ({ params }: { readonly params: Params }) => {
  const { host = '', sha256 = '', subject, issuer, validFrom, validTo, why = '' } = params
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const trust = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await api.certificates.trust({ host, sha256 })
      toast({ tone: 'good', title: words.trusted(host), text: words.tryAgain })
      back()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  if (sha256 === '') return <p>{words.unknown}</p>
  return (
    <div className={style.stack}>
      <p>
        {certificateReasons[why]} {words.ask(host)}
      </p>
      <KeyValue
        rows={[
          [words.facts.subject, subject],
          [words.facts.issuer, issuer],
          [words.facts.validFrom, when(validFrom)],
          [words.facts.validTo, when(validTo)],
        ]}
      />
      <MonoLine text={sha256} label={words.copy} copy={() => api.system.copy({ text: sha256 })} />
      <p className={style.advice}>{words.advice}</p>
      {failure !== null && <FailureCard failure={failure} facts={{ host }} />}
      <DialogButtons>
        <Button onClick={back} data-autofocus>
          {words.cancel}
        </Button>
        <Button look="danger" busy={busy} onClick={() => void trust()}>
          {words.trust}
        </Button>
      </DialogButtons>
    </div>
  )
}
