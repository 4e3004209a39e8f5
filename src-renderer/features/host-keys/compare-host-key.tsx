import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { type HostKeyToCompare, hostKeyQuestion } from '../../failures/host-key-question'
import { reportFailure } from '../../failures/report-failure'
import { toFailure } from '../../failures/to-failure'
import { HostKeyQuestion } from '../../ui/host-key-question'
import { toast } from '../../ui/toast'
import style from './host-keys.module.css'
import { words } from './words'

/** Says that a key has to be compared, lets main ask, and goes on when it is trusted. */
export const CompareHostKey = (props: {
  readonly shown: Omit<HostKeyToCompare, 'onTrusted'>
  readonly onTrusted: () => void
}) => {
  const { host, port } = props.shown
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const compare = async (fingerprint: string) => {
    setBusy(true)
    setFailure(null)
    try {
      await api.hostKeys.confirm({ host, port, fingerprint })
      props.onTrusted()
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={style.stack}>
      <HostKeyQuestion
        host={port === 22 ? host : `${host}:${port}`}
        hostKey={props.shown}
        busy={busy}
        onCompare={(fingerprint) => void compare(fingerprint)}
      />
      {failure !== null && failure.code !== 'cancelled' && (
        <FailureCard
          failure={failure}
          words={failure.code === 'conflict' ? { ...words.changed, action: null } : undefined}
        />
      )}
    </div>
  )
}

const compareNow = async ({ host, port, fingerprint, onTrusted }: HostKeyToCompare) => {
  try {
    await api.hostKeys.confirm({ host, port, fingerprint })
  } catch (error) {
    const { title, cause, fix } = words.changed
    if (toFailure(error).code === 'conflict') toast({ tone: 'bad', title, text: `${cause} ${fix}` })
    else reportFailure(error)
    return
  }
  if (onTrusted === null) toast({ tone: 'good', title: words.trusted(host), text: words.tryAgain })
  else onTrusted()
}

/** Lets main ask about the key of a host that nobody has confirmed, and does again what failed. */
export const HostKeyAsker = () => {
  const asked = useStore(hostKeyQuestion, (state) => state.asked)
  useEffect(() => {
    if (asked === null) return
    hostKeyQuestion.setState({ asked: null })
    void compareNow(asked)
  }, [asked])
  return null
}
