import { useEffect, useState } from 'react'
import type { AgentKey, SshKey } from '../../../src-preload/contract/entities/ssh-key'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { SelectField } from '../../ui/labelled'
import { type RadioChoice, RadioList } from '../../ui/radio-list'
import { ImportFields, type ImportForm, nothingToImport } from './import-fields'
import style from './ssh-keys.module.css'
import { useKeys } from './use-keys'
import { words } from './words'

type Way = 'ed25519' | 'rsa-4096' | 'existing' | 'import' | 'agent'

/** A fingerprint that tells keys of one list apart. */
const short = (fingerprint: string): string => `${fingerprint.slice(0, 19)}…`

const AgentChoice = (props: {
  readonly keys: readonly AgentKey[] | null
  readonly chosen: string | null
  readonly onChoose: (fingerprint: string) => void
}) => {
  if (props.keys === null) return null
  if (props.keys.length === 0) return <p>{words.agentEmpty}</p>
  return (
    <SelectField
      label={words.agentKey}
      value={props.chosen ?? ''}
      choices={props.keys.map(
        (key) => [key.fingerprint, `${key.comment || key.type} · ${short(key.fingerprint)}`] as const,
      )}
      onChange={props.onChoose}
    />
  )
}

/** The keys of the running agent, asked for only when a person wants to use one. */
const useAgent = () => {
  const [keys, setKeys] = useState<readonly AgentKey[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  return {
    keys,
    chosen,
    setChosen,
    load: async () => {
      const found = await api.sshKeys.agentKeys()
      setKeys(found)
      setChosen(found[0]?.fingerprint ?? null)
    },
  }
}

/** Which key to offer. Whatever the way, it ends with a key that is in the list. `onlyNew`: one that is not there yet. */
export const ChooseKey = (props: {
  readonly onKey: (key: SshKey) => void
  readonly onlyNew?: boolean
  /** Name of a key file in `~/.ssh` that goes with the address; null for none. */
  readonly wanted?: string | null
}) => {
  const known = useKeys() ?? []
  const keys = props.onlyNew === true ? [] : known
  const [way, setWay] = useState<Way>('ed25519')
  const [name, setName] = useState('')
  const [existing, setExisting] = useState<string | null>(null)
  const [form, setForm] = useState<ImportForm>(nothingToImport)
  const agent = useAgent()
  const wanted = props.wanted ?? null
  useEffect(() => {
    if (wanted !== null) setWay('import')
  }, [wanted])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const called = name.trim() || words.defaultName

  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  const choose = (next: Way) => {
    setWay(next)
    setFailure(null)
    if (next === 'agent') void act(agent.load)
  }
  const take = (): Promise<SshKey> | SshKey | null => {
    if (way === 'existing') return keys.find(({ id }) => id === (existing ?? keys[0]?.id)) ?? null
    if (way === 'agent') {
      const { chosen } = agent
      return chosen === null ? null : api.sshKeys.takeAgentKey({ fingerprint: chosen, name: called })
    }
    if (way !== 'import') return api.sshKeys.create({ kind: way, name: called })
    const { file, text, passphrase } = form
    return file === null
      ? api.sshKeys.importKey({ name: called, privateKey: text, passphrase })
      : api.sshKeys.importFile({ id: file.id, name: called, passphrase })
  }
  const go = () =>
    act(async () => {
      const key = await take()
      // After a wrong passphrase everything stays as it was typed.
      setForm(nothingToImport)
      if (key !== null) props.onKey(key)
    })
  const nothing =
    (way === 'agent' && agent.chosen === null) || (way === 'import' && form.file === null && form.text.trim() === '')
  const choices: readonly RadioChoice<Way>[] = [
    { value: 'ed25519', label: words.newKey, about: words.newKeyAbout },
    ...(keys.length === 0
      ? []
      : [
          {
            value: 'existing' as const,
            label: words.existing,
            body: (
              <SelectField
                label={words.existingKey}
                value={existing ?? keys[0]?.id ?? ''}
                choices={keys.map((key) => [key.id, `${key.name} · ${key.type} · ${short(key.fingerprint)}`] as const)}
                onChange={setExisting}
              />
            ),
          },
        ]),
    {
      value: 'import',
      label: words.importKey,
      about: words.importAbout,
      body: <ImportFields form={form} onForm={setForm} wanted={wanted} />,
    },
    {
      value: 'agent',
      label: words.agent,
      about: words.agentAbout,
      body: <AgentChoice keys={agent.keys} chosen={agent.chosen} onChoose={agent.setChosen} />,
    },
    { value: 'rsa-4096', label: words.newRsa, about: words.newRsaAbout },
  ]
  return (
    <div className={style.fields}>
      <RadioList label={words.stepKey} value={way} choices={choices} onChange={choose} />
      {way !== 'existing' && (
        <TextField label={words.keyName} value={name} placeholder={words.defaultName} maxLength={80} onText={setName} />
      )}
      {failure !== null && (
        <FailureCard failure={failure} handlers={{ retry: () => void (way === 'agent' ? act(agent.load) : go()) }} />
      )}
      <div>
        <Button look="primary" busy={busy} disabled={nothing} onClick={() => void go()}>
          {words.take[way]}
        </Button>
      </div>
    </div>
  )
}
