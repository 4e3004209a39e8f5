import { useState } from 'react'
import { useStore } from 'zustand'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { type HostKeyToCompare, hostKeyQuestion } from '../../failures/host-key-question'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import { HostKeyQuestion } from '../../ui/host-key-question'
import { toast } from '../../ui/toast'
import style from './host-keys.module.css'
import { words } from './words'

const close = () => hostKeyQuestion.setState({ asked: null })

/** The question itself: compare, trust, go on. */
export const CompareHostKey = (props: {
  readonly shown: Omit<HostKeyToCompare, 'onTrusted'>
  readonly onTrusted: () => void
}) => {
  const { host, port } = props.shown
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const trust = async (fingerprint: string) => {
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
        onTrust={(fingerprint) => void trust(fingerprint)}
      />
      {failure !== null && (
        <FailureCard
          failure={failure}
          words={failure.code === 'conflict' ? { ...words.changed, action: null } : undefined}
        />
      )}
    </div>
  )
}

/** Shows the key of a host that nobody has confirmed, trusts it when a person says so, and does again what failed. */
export const HostKeyDialog = () => {
  const asked = useStore(hostKeyQuestion, (state) => state.asked)
  const trusted = (question: HostKeyToCompare) => {
    close()
    if (question.onTrusted === null) toast({ tone: 'good', title: words.trusted(question.host), text: words.tryAgain })
    else question.onTrusted()
  }
  return (
    <Dialog open={asked !== null} title={words.question} size={560} onClose={close}>
      {asked !== null && (
        <>
          <CompareHostKey shown={asked} onTrusted={() => trusted(asked)} />
          <DialogButtons>
            <Button onClick={close} data-autofocus>
              {words.cancel}
            </Button>
          </DialogButtons>
        </>
      )}
    </Dialog>
  )
}
