import { type FormEvent, useEffect, useState } from 'react'
import { type PassphraseVerdict, shortestNewPassphrase } from '../../../src-preload/contract/entities/passphrase'
import { Button } from '../../ui/button'
import { SecretField } from '../../ui/field'
import { passphraseProblem, refusal } from './passphrase'
import { useVault, vault } from './use-vault'
import style from './vault.module.css'
import { words } from './words'

/** What main thinks of the passphrase that is in the field now; null until it has said so. */
const useVerdict = (passphrase: string): PassphraseVerdict | null => {
  const [said, setSaid] = useState<{ readonly of: string; readonly verdict: PassphraseVerdict | null } | null>(null)
  useEffect(() => {
    let current = true
    if (passphrase !== '') {
      void vault.judgePassphrase(passphrase).then((verdict) => current && setSaid({ of: passphrase, verdict }))
    }
    return () => {
      current = false
    }
  }, [passphrase])
  return said?.of === passphrase ? said.verdict : null
}

/** Sets a passphrase: typed twice, because it can't be recovered. */
export const NewPassphrase = () => {
  const [passphrase, setPassphrase] = useState('')
  const [repeat, setRepeat] = useState('')
  const [tried, setTried] = useState(false)
  const busy = useVault((state) => state.busy)
  const verdict = useVerdict(passphrase)
  const problem = passphraseProblem(passphrase, repeat)
  const refused = verdict === null ? null : refusal(verdict)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    // Main judges again: a passphrase that it has not yet spoken about is refused there.
    if (problem === null && refused === null && !busy) void vault.choosePassphrase(passphrase)
  }
  const different = tried && problem === words.different ? problem : null
  const wrong = tried ? (problem === words.different ? refused : (problem ?? refused)) : null
  return (
    <form className={style.form} onSubmit={submit}>
      <div className={style.pair}>
        <SecretField
          label={words.passphrase}
          value={passphrase}
          onText={setPassphrase}
          error={wrong}
          about={verdict === null ? words.short(shortestNewPassphrase) : words.strength[verdict.strength]}
          data-autofocus
        />
        <SecretField label={words.repeat} value={repeat} onText={setRepeat} error={different} />
      </div>
      <div>
        <Button look="primary" type="submit" busy={busy}>
          {words.passphraseVerb}
        </Button>
      </div>
    </form>
  )
}

/** Unlocks with the passphrase. */
export const Unlock = () => {
  const [passphrase, setPassphrase] = useState('')
  const busy = useVault((state) => state.busy)
  const wrong = useVault((state) => (state.failure?.code === 'passphrase-wrong' ? words.wrong : null))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (passphrase !== '' && !busy) void vault.unlock(passphrase)
  }
  return (
    <form className={style.form} onSubmit={submit}>
      <SecretField label={words.passphrase} value={passphrase} onText={setPassphrase} error={wrong} data-autofocus />
      <div>
        <Button look="primary" type="submit" busy={busy} disabled={passphrase === ''}>
          {words.unlock}
        </Button>
      </div>
    </form>
  )
}
