import { useEffect } from 'react'
import { useStore } from 'zustand'
import { type CertificateQuestion, certificateQuestion } from '../../failures/certificate-question'
import { reportFailure } from '../../failures/report-failure'
import { toFailure } from '../../failures/to-failure'
import { toast } from '../../ui/toast'
import { certificates } from './use-certificates'
import { words } from './words'

const ask = async ({ host, onTrusted }: CertificateQuestion) => {
  try {
    await certificates.trust(host)
  } catch (error) {
    const { title, cause, fix } = words.changed
    if (toFailure(error).code === 'conflict') toast({ tone: 'bad', title, text: `${cause} ${fix}` })
    else reportFailure(error)
    return
  }
  if (onTrusted === null) toast({ tone: 'good', title: words.trusted(host), text: words.tryAgain })
  else onTrusted()
}

/** Lets main ask about the certificate that a host was refused for, and does again what failed. */
export const CertificateAsker = () => {
  const asked = useStore(certificateQuestion, (state) => state.asked)
  useEffect(() => {
    if (asked === null) return
    certificateQuestion.setState({ asked: null })
    void ask(asked)
  }, [asked])
  return null
}
