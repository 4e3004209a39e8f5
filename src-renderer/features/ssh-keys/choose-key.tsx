import { type ReactNode, useState } from 'react'
import type { AgentKey, SshKey } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { SecretField, TextField } from '../../ui/field'
import { Select } from '../../ui/select'
import style from './ssh-keys.module.css'
import { useKeys } from './use-keys'
import { words } from './words'

type Way = 'ed25519' | 'rsa-4096' | 'existing' | 'import' | 'agent'

const Choice = (props: {
  readonly way: Way
  readonly chosen: Way
  readonly label: string
  readonly about?: string
  readonly onChoose: (way: Way) => void
  readonly children?: ReactNode
}) => (
  <div className={style.choice}>
    <label className={style.choiceLabel}>
      <input
        type="radio"
        name="ssh-key-way"
        checked={props.way === props.chosen}
        onChange={() => props.onChoose(props.way)}
      />
      <span>
        <span className={style.name}>{props.label}</span>
        {props.about !== undefined && <span className={style.choiceAbout}>{props.about}</span>}
      </span>
    </label>
    {props.way === props.chosen && props.children !== undefined && (
      <div className={style.choiceBody}>{props.children}</div>
    )}
  </div>
)

/** What is typed or picked for an import; it leaves this component once, on its way to main. */
interface ImportForm {
  readonly file: { readonly id: string; readonly name: string; readonly encrypted: boolean } | null
  readonly text: string
  readonly passphrase: string
}

const ImportFields = ({ form, onForm }: { readonly form: ImportForm; readonly onForm: (form: ImportForm) => void }) => (
  <div className={style.fields}>
    <div>
      <Button
        onClick={() =>
          void api.sshKeys.pickKeyFile().then((file) => {
            if (file !== null) onForm({ ...form, file, text: '' })
          })
        }
      >
        {words.pickFile}
      </Button>{' '}
      {form.file !== null && words.picked(form.file.name)}
    </div>
    {form.file === null && (
      <label className={style.fields}>
        {words.paste}
        <textarea
          className={style.textarea}
          rows={5}
          spellCheck={false}
          autoComplete="off"
          value={form.text}
          onChange={({ currentTarget }) => onForm({ ...form, text: currentTarget.value })}
        />
      </label>
    )}
    <SecretField
      label={words.passphrase}
      about={words.passphraseAbout}
      value={form.passphrase}
      onText={(passphrase) => onForm({ ...form, passphrase })}
    />
  </div>
)

const nothingToImport: ImportForm = { file: null, text: '', passphrase: '' }

/** The first step: which key to offer. Whatever the way, it ends with a key that is in the list. */
export const ChooseKey = ({ onKey }: { readonly onKey: (key: SshKey) => void }) => {
  const keys = useKeys() ?? []
  const [way, setWay] = useState<Way>('ed25519')
  const [name, setName] = useState('')
  const [existing, setExisting] = useState<string | null>(null)
  const [form, setForm] = useState<ImportForm>(nothingToImport)
  const [agent, setAgent] = useState<readonly AgentKey[] | null>(null)
  const [agentKey, setAgentKey] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const called = name.trim() || 'Git key'

  const choose = (next: Way) => {
    setWay(next)
    setFailure(null)
    if (next !== 'agent') return
    api.sshKeys.agentKeys().then(
      (found) => {
        setAgent(found)
        setAgentKey(found[0]?.fingerprint ?? null)
      },
      (error: unknown) => setFailure(toFailure(error)),
    )
  }
  const take = async (): Promise<SshKey | null> => {
    if (way === 'existing') return keys.find(({ id }) => id === (existing ?? keys[0]?.id)) ?? null
    if (way === 'agent')
      return agentKey === null ? null : api.sshKeys.takeAgentKey({ fingerprint: agentKey, name: called })
    if (way !== 'import') return api.sshKeys.create({ kind: way, name: called })
    const { file, text, passphrase } = form
    return file === null
      ? api.sshKeys.importKey({ name: called, privateKey: text, passphrase })
      : api.sshKeys.importFile({ id: file.id, name: called, passphrase })
  }
  const go = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const key = await take()
      setForm(nothingToImport)
      if (key !== null) onKey(key)
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={style.fields}>
      <div className={style.choices} role="radiogroup" aria-label={words.stepKey}>
        <Choice way="ed25519" chosen={way} label={words.newKey} about={words.newKeyAbout} onChoose={choose} />
        {keys.length > 0 && (
          <Choice way="existing" chosen={way} label={words.existing} onChoose={choose}>
            <Select
              label={words.existing}
              value={existing ?? keys[0]?.id ?? ''}
              choices={keys.map((key) => [key.id, `${key.name} · ${key.type}`] as const)}
              onChange={setExisting}
            />
          </Choice>
        )}
        <Choice way="import" chosen={way} label={words.importKey} about={words.importAbout} onChoose={choose}>
          <ImportFields form={form} onForm={setForm} />
        </Choice>
        <Choice way="agent" chosen={way} label={words.agent} about={words.agentAbout} onChoose={choose}>
          {agent?.length === 0 && <p>{words.agentEmpty}</p>}
          {agent !== null && agent.length > 0 && (
            <Select
              label={words.agent}
              value={agentKey ?? ''}
              choices={agent.map(
                (key) => [key.fingerprint, `${key.comment || key.type} · ${key.fingerprint.slice(0, 20)}…`] as const,
              )}
              onChange={setAgentKey}
            />
          )}
        </Choice>
        <Choice way="rsa-4096" chosen={way} label={words.newRsa} about={words.newRsaAbout} onChoose={choose} />
      </div>
      {way !== 'existing' && (
        <TextField label={words.keyName} value={name} placeholder="Git key" maxLength={80} onText={setName} />
      )}
      {failure !== null && <FailureCard failure={failure} handlers={{ retry: () => void go() }} />}
      <div>
        <Button look="primary" busy={busy} onClick={() => void go()}>
          {way === 'import' ? words.import : words.continue}
        </Button>
      </div>
    </div>
  )
}
