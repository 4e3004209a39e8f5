import { useEffect, useState } from 'react'
import type { SshAddress } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import style from './ssh-keys.module.css'
import { words } from './words'

/** Milliseconds without a keystroke before half an address is called wrong. */
const pause = 600

/** What a typed address is, as soon as it is one, and why it is none as soon as the person rests. */
export const useSshAddress = (text: string) => {
  const [address, setAddress] = useState<SshAddress | null>(null)
  const [refused, setRefused] = useState<FailureData | null>(null)
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    setAddress(null)
    setRefused(null)
    if (text.trim() === '') return
    api.sshKeys.parseAddress({ address: text }).then(
      (parsed) => current && setAddress(parsed),
      (error: unknown) => {
        if (current) timer = setTimeout(() => setRefused(toFailure(error)), pause)
      },
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text])
  return { address, refused }
}

/** "SSH clone URL": says what is wrong with what it refuses, and offers the corrected form. */
export const AddressField = (props: {
  readonly text: string
  readonly refused: FailureData | null
  readonly onText: (text: string) => void
  /** Told the key file that an alias of the SSH configuration names, when its address is taken over. */
  readonly onAlias?: (file: string) => void
}) => {
  const file = props.refused?.facts.identityFile?.split(/[/\\]/).at(-1)
  const corrected = props.refused?.facts.corrected ?? ''
  return (
    <div className={style.fields}>
      <TextField
        label={words.address}
        about={words.addressAbout}
        value={props.text}
        maxLength={2048}
        onText={props.onText}
      />
      {props.refused !== null && (
        <FailureCard
          failure={props.refused}
          words={{ action: null, ...(corrected === '' ? {} : { fix: words.didYouMean }) }}
        >
          {corrected !== '' && (
            <Button
              small
              onClick={() => {
                props.onText(corrected)
                if (file) props.onAlias?.(file)
              }}
            >
              {words.corrected(corrected)}
            </Button>
          )}
        </FailureCard>
      )}
    </div>
  )
}
