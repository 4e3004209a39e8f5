import { useEffect, useId, useState } from 'react'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { SecretField } from '../../ui/field'
import { SelectField } from '../../ui/labelled'
import style from './ssh-keys.module.css'
import { words } from './words'

/** A key file, by its name; main has its content. */
interface KeyFileChoice {
  readonly id: string
  readonly name: string
  readonly encrypted: boolean
}

/** What is typed or picked for an import; it leaves this screen once, on its way to main. */
export interface ImportForm {
  /** A file whose content main keeps until it is imported. */
  readonly file: KeyFileChoice | null
  readonly text: string
  readonly passphrase: string
}

/** An empty form. */
export const nothingToImport: ImportForm = { file: null, text: '', passphrase: '' }

/** Asks for a private key, as a file or as text, and for its passphrase. */
export const ImportFields = (props: {
  readonly form: ImportForm
  readonly onForm: (form: ImportForm) => void
  /** Name of the file that is chosen first, where it is there. */
  readonly wanted?: string | null
}) => {
  const { form, onForm } = props
  const id = useId()
  const [found, setFound] = useState<readonly KeyFileChoice[] | null>(null)
  const pick = async () => {
    const file = await api.sshKeys.pickKeyFile()
    if (file === null) return
    setFound(null)
    onForm({ ...form, file, text: '' })
  }
  const look = async () => {
    const files = await api.sshKeys.findKeyFiles()
    setFound(files)
    onForm({ ...form, file: files.find(({ name }) => name === props.wanted) ?? files[0] ?? null, text: '' })
  }
  const { wanted } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks once for each file that is wanted
  useEffect(() => {
    if (wanted) void look().catch(reportFailure)
  }, [wanted])
  return (
    <div className={style.fields}>
      <div className={style.picked}>
        <Button onClick={() => void pick().catch(reportFailure)}>{words.pickFile}</Button>
        <Button onClick={() => void look().catch(reportFailure)}>{words.lookAtHome}</Button>
        {found === null && form.file !== null && <span>{words.picked(form.file.name, form.file.encrypted)}</span>}
      </div>
      {found !== null && found.length === 0 && <p className={style.quiet}>{words.noneAtHome}</p>}
      {found !== null && found.length > 0 && (
        <SelectField
          label={words.keyAtHome}
          value={form.file?.id ?? ''}
          choices={found.map(({ id: file, name, encrypted }) => [file, words.picked(name, encrypted)] as const)}
          onChange={(chosen) => onForm({ ...form, file: found.find((file) => file.id === chosen) ?? null })}
        />
      )}
      {form.file === null && (
        <div>
          <label className={style.label} htmlFor={id}>
            {words.paste}
          </label>
          <textarea
            id={id}
            className={style.textarea}
            rows={5}
            maxLength={65_536}
            spellCheck={false}
            autoComplete="off"
            value={form.text}
            onChange={({ currentTarget }) => onForm({ ...form, text: currentTarget.value })}
          />
        </div>
      )}
      <SecretField
        label={words.passphrase}
        about={words.passphraseAbout}
        value={form.passphrase}
        onText={(passphrase) => onForm({ ...form, passphrase })}
      />
    </div>
  )
}
