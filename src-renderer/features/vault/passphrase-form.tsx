import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button'
import { SecretField } from '../../ui/field'
import { passphraseProblem } from './passphrase'
import { useVault, vault } from './use-vault'
import style from './vault.module.css'
import { words } from './words'

/** Sets a passphrase: typed twice, because it can't be recovered. */
export const NewPassphrase = () => {
  const [passphrase, setPassphrase] = useState('')
  const [repeat, setRepeat] = useState('')
  const [tried, setTried] = useState(false)
  const busy = useVault((state) => state.busy)
  const problem = passphraseProblem(passphrase, repeat)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (problem === null && !busy) void vault.choosePassphrase(passphrase)
  }
  const short = tried && problem !== null && problem !== words.different ? problem : null
  const different = tried && problem === words.different ? problem : null
  return (
    <form className={style.form} onSubmit={submit}>
      <div className={style.pair}>
        <SecretField label={words.passphrase} value={passphrase} onText={setPassphrase} error={short} data-autofocus />
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
