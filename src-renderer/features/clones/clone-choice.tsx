import { type CloneMode, cloneModes } from '../../../src-preload/contract/entities/clone'
import { TextField } from '../../ui/field'
import { SelectField } from '../../ui/labelled'
import { Select } from '../../ui/select'
import { useKeys } from '../ssh-keys/use-keys'
import { RemoteBranchField } from './branch-field'
import style from './clone-sheet.module.css'
import { useCloneSheet } from './use-clones'
import { words } from './words'

const transports = [
  ['https', 'HTTPS'],
  ['ssh', 'SSH'],
] as const

const Mode = ({ mode }: { readonly mode: CloneMode }) => {
  const chosen = useCloneSheet((sheet) => sheet.mode)
  const choose = useCloneSheet((sheet) => sheet.choose)
  const [name, about] = words.modes[mode]
  return (
    <label className={style.mode}>
      <input type="radio" name="clone-mode" checked={chosen === mode} onChange={() => choose({ mode })} />
      <span>
        <span className={style.modeName}>{name}</span>
        <span className={style.modeAbout}>{about}</span>
      </span>
    </label>
  )
}

/** Which key to offer. Left alone, the repository's own deploy key comes first. */
const KeyField = () => {
  const keys = useKeys() ?? []
  const keyId = useCloneSheet((sheet) => sheet.keyId)
  const choose = useCloneSheet((sheet) => sheet.choose)
  return (
    <SelectField
      label={words.key}
      value={keyId ?? ''}
      choices={[['', words.fittingKey] as const, ...keys.map((key) => [key.id, key.name] as const)]}
      onChange={(id) => choose({ keyId: id === '' ? null : id })}
    />
  )
}

/** What to test and how: the kind, the branch, and the transport where there are two. */
export const CloneChoice = () => {
  const target = useCloneSheet((sheet) => sheet.target)
  const branch = useCloneSheet((sheet) => sheet.branch)
  const transport = useCloneSheet((sheet) => sheet.transport)
  const choose = useCloneSheet((sheet) => sheet.choose)
  return (
    <>
      <div className={style.modes} role="radiogroup" aria-label={words.mode}>
        {cloneModes.map((mode) => (
          <Mode key={mode} mode={mode} />
        ))}
      </div>
      <div className={style.options}>
        {target?.kind === 'ssh-address' ? (
          <RemoteBranchField
            accountId={target.accountId}
            address={target.address}
            branch={branch}
            onBranch={(chosen) => choose({ branch: chosen })}
          />
        ) : (
          <TextField
            label={words.branch}
            placeholder={words.defaultBranch}
            value={branch ?? ''}
            onText={(text) => choose({ branch: text.trim() === '' ? null : text.trim() })}
          />
        )}
        {target?.kind === 'repository' && target.ssh && (
          <Select
            label={words.transport}
            value={transport}
            choices={transports}
            onChange={(value) => choose({ transport: value })}
          />
        )}
      </div>
      {transport === 'ssh' && <KeyField />}
    </>
  )
}
