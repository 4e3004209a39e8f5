import { Plus } from 'lucide-react'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { SelectField } from '../../ui/labelled'
import { placeOf, stateOf } from '../servers/server-view'
import { useServers } from '../servers/use-servers'
import { type AppDraft, type DraftProblems, suggestedFolder, suggestedName } from './app-draft'
import style from './app-form.module.css'
import { words } from './form-words'

/** Where an app goes: its server, its folder there, and what it is called. */
export const TargetFields = (props: {
  readonly draft: AppDraft
  readonly problems: DraftProblems
  readonly onDraft: (change: Partial<AppDraft>) => void
}) => {
  const { draft, problems, onDraft } = props
  const servers = useServers((state) => state.servers) ?? []
  const server = servers.find(({ id }) => id === draft.serverId)
  return (
    <>
      <div className={style.withButton}>
        {servers.length === 0 ? (
          <p className={style.quiet}>{words.noServer}</p>
        ) : (
          <SelectField
            label={words.server}
            value={draft.serverId}
            choices={[
              ...(server === undefined ? [['', words.chooseServer] as const] : []),
              ...servers.map(
                (one) => [one.id, `${one.name} · ${placeOf(one)} · ${stateOf(one).word.toLowerCase()}`] as const,
              ),
            ]}
            onChange={(serverId) => onDraft({ serverId })}
          />
        )}
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => navigate('/servers/new?return=1')}>
          {words.addServer}
        </Button>
      </div>
      <TextField
        label={words.folder}
        about={words.folderAbout}
        value={draft.folder}
        maxLength={1024}
        placeholder={suggestedFolder(draft, server)}
        error={problems.folder === 'wrong' ? words.folderWrong : undefined}
        onText={(folder) => onDraft({ folder })}
      />
      <TextField
        label={words.name}
        value={draft.name}
        maxLength={80}
        placeholder={suggestedName(draft)}
        onText={(name) => onDraft({ name })}
      />
    </>
  )
}
