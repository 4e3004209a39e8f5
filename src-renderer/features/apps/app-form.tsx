import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { App } from '../../../src-preload/contract/entities/app'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { navigate } from '../../location'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { TextArea, Tick } from '../../ui/labelled'
import { Section } from '../../ui/page'
import { RadioList } from '../../ui/radio-list'
import { useAccounts } from '../accounts/use-accounts'
import { useServer } from '../servers/use-servers'
import { AllowedChecks } from './allowed-checks'
import { type AppDraft, checkIn, type DraftProblems, formOfDraft, problemsOf, withCheck } from './app-draft'
import style from './app-form.module.css'
import { BranchField } from './branch-field'
import { words } from './form-words'
import { createPreflightStore } from './preflight-store'
import { PreflightView } from './preflight-view'
import { RepositoryField } from './repository-field'
import { AccountField, AddressBranchField, AddressField } from './source-fields'
import { TargetFields } from './target-fields'
import { apps } from './use-apps'
import { VariablesField } from './variables-field'

type OnDraft = (change: Partial<AppDraft>) => void

interface PartProps {
  readonly draft: AppDraft
  readonly problems: DraftProblems
  readonly onDraft: OnDraft
}

/** Account, repository or address, branch, and which part of it counts. */
const SourceFields = ({ draft, problems, onDraft }: PartProps) => {
  const account = useAccounts((state) => state.accounts?.find(({ id }) => id === draft.accountId))
  return (
    <div className={style.fields}>
      <AccountField
        accountId={draft.accountId}
        onAccount={({ id }) => onDraft({ accountId: id, repository: null, address: '', branch: '' })}
      />
      {account?.kind === 'ssh' && (
        <>
          <AddressField
            address={draft.address}
            onAddress={(address, branch) => onDraft({ address, ...(branch && { branch }) })}
          />
          <AddressBranchField
            key={account.id}
            accountId={account.id}
            address={draft.address}
            branch={draft.branch}
            onBranch={(branch) => onDraft({ branch })}
          />
        </>
      )}
      {account !== undefined && account.kind !== 'ssh' && (
        <RepositoryField
          key={account.id}
          account={account}
          chosen={draft.repository}
          onRepository={({ id, path, sshUrl, defaultBranch }) =>
            onDraft({ repository: { id, path, sshUrl }, branch: defaultBranch ?? '' })
          }
        />
      )}
      {draft.repository !== null && (
        <BranchField
          key={`${draft.accountId} ${draft.repository.id}`}
          accountId={draft.accountId}
          repositoryId={draft.repository.id}
          chosen={draft.branch}
          onBranch={(branch) => onDraft({ branch })}
        />
      )}
      <details
        className={style.more}
        open={draft.rootFolder !== '' || draft.watchPaths !== '' || draft.offeredChecks.length > 0 ? true : undefined}
      >
        <summary>{words.more}</summary>
        <div className={style.fields}>
          <TextField
            label={words.rootFolder}
            about={words.rootFolderAbout}
            value={draft.rootFolder}
            maxLength={1024}
            placeholder="services/shop"
            error={problems.rootFolder === undefined ? undefined : words.rootFolderWrong}
            onText={(rootFolder) => onDraft({ rootFolder })}
          />
          <TextArea
            label={words.watchPaths}
            about={words.watchPathsAbout}
            rows={4}
            maxLength={20_000}
            placeholder={words.watchPathsPlaceholder}
            value={draft.watchPaths}
            onText={(watchPaths) => onDraft({ watchPaths })}
          />
          <Tick
            label={words.submodules}
            about={words.submodulesAbout}
            on={draft.submodules}
            onChange={(submodules) => onDraft({ submodules })}
          />
          <Tick label={words.lfs} on={draft.lfs} onChange={(lfs) => onDraft({ lfs })} />
          <AllowedChecks draft={draft} onDraft={onDraft} />
        </div>
      </details>
    </div>
  )
}

const CommandFields = ({ draft, problems, onDraft }: PartProps) => (
  <div className={style.fields}>
    <TextArea
      label={words.command}
      about={words.commandAbout}
      rows={3}
      maxLength={16_384}
      placeholder={words.commandPlaceholder}
      value={draft.command}
      onText={(command) => onDraft({ command })}
    />
    <VariablesField
      variables={draft.variables}
      problem={problems.variables}
      onVariables={(variables) => onDraft({ variables })}
    />
  </div>
)

const StartFields = ({ draft, onDraft }: Omit<PartProps, 'problems'>) => (
  <div className={style.fields}>
    <Tick
      label={words.autoDeploy}
      about={words.autoDeployAbout}
      on={draft.autoDeploy}
      onChange={(autoDeploy) => onDraft({ autoDeploy })}
    />
    {draft.autoDeploy && (
      <RadioList
        label={words.startsBy}
        value={draft.startsBy}
        choices={[
          { value: 'webhook', label: words.webhook, about: words.webhookAbout },
          { value: 'poll', label: words.poll, about: words.pollAbout },
        ]}
        onChange={(startsBy) => onDraft({ startsBy })}
      />
    )}
  </div>
)

/** An app to be created or changed: its source, its place, what runs, what starts it; then the check, then saving. */
export const AppFormView = (props: {
  readonly draft: AppDraft
  readonly onDraft: OnDraft
  readonly onSaved: (app: App, deploy: boolean) => void
  readonly onCancel: () => void
}) => {
  const { draft, onDraft } = props
  const ssh = useAccounts((state) => state.accounts?.find(({ id }) => id === draft.accountId)?.kind === 'ssh')
  const server = useServer(draft.serverId)
  const context = { ssh, server }
  const problems = problemsOf(draft, context)
  const missing = Object.keys(problems) as (keyof DraftProblems)[]
  const complete = missing.length === 0
  const check = useMemo(() => createPreflightStore({ apps: api.apps, on: api.on }), [])
  useEffect(() => check.start(), [check])
  const { preflight, running, failure, of } = useStore(check.store)
  const [saving, setSaving] = useState<'save' | 'deploy' | null>(null)
  const [refused, setRefused] = useState<FailureData | null>(null)
  const begun = preflight !== null
  const result = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (running && begun) result.current?.scrollIntoView({ block: 'start' })
  }, [running, begun])
  const current = of === draft
  const checked = current && preflight?.done === true
  const ready = checked && preflight.ready

  const refusedCheck = checkIn(preflight?.items.find((one) => checkIn(one.failure) !== null)?.failure)

  const look = () => void check.run(formOfDraft(draft, context), draft)
  const save = async (deploy: boolean) => {
    setSaving(deploy ? 'deploy' : 'save')
    setRefused(null)
    try {
      const form = formOfDraft(draft, context)
      props.onSaved(await apps.save({ ...form, folder: preflight?.folder ?? form.folder }), deploy)
    } catch (error) {
      setRefused(toFailure(error))
      setSaving(null)
    }
  }
  const isNew = draft.id === null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (complete && !ready) look()
        else if (ready) void save(isNew)
      }}
    >
      <Section title={words.source}>
        <SourceFields draft={draft} problems={problems} onDraft={onDraft} />
      </Section>
      <Section title={words.target}>
        <div className={style.fields}>
          <TargetFields draft={draft} problems={problems} onDraft={onDraft} />
        </div>
      </Section>
      <Section title={words.commandTitle}>
        <CommandFields draft={draft} problems={problems} onDraft={onDraft} />
      </Section>
      <Section title={words.starts}>
        <StartFields draft={draft} onDraft={onDraft} />
      </Section>
      <Section title={words.checkTitle} about={words.checkAbout}>
        <div ref={result} className={style.result}>
          {preflight !== null && (
            <PreflightView
              preflight={preflight}
              draft={draft}
              server={server?.name ?? ''}
              sshUrl={ssh ? draft.address : (draft.repository?.sshUrl ?? '')}
              busy={running}
              handlers={{
                retry: look,
                'manage-access': () => navigate('/accounts'),
                reconnect: () =>
                  navigate(`/accounts/connect?account=${encodeURIComponent(draft.accountId)}&for=deploys`),
                'replace-token': () => navigate('/accounts'),
                'show-host-key': look,
                'check-server': () => navigate(`/servers/${encodeURIComponent(draft.serverId)}`),
                'allow-check':
                  refusedCheck === null
                    ? undefined
                    : () =>
                        onDraft({
                          allowedChecks: withCheck(draft.allowedChecks, refusedCheck),
                          offeredChecks: withCheck(draft.offeredChecks, refusedCheck),
                        }),
              }}
              onDraft={onDraft}
              onTrust={() => void check.trust(formOfDraft(draft, context), draft)}
            />
          )}
          {failure !== null && current && <FailureCard failure={failure} handlers={{ retry: look }} />}
        </div>
      </Section>
      {refused !== null && (
        <Section title={words.save}>
          <FailureCard failure={refused} handlers={{ retry: () => void save(saving === 'deploy') }} />
        </Section>
      )}
      <div className={style.foot}>
        <p className={style.footWords} role="status">
          {!complete
            ? `${words.missing} ${missing.map((part) => words.missingParts[part]).join(', ')}`
            : of !== null && !current
              ? words.changed
              : checked && !ready
                ? preflight.savable
                  ? words.notReady
                  : words.notSavable
                : ''}
        </p>
        <Button onClick={props.onCancel}>{words.cancel}</Button>
        {checked && !ready && preflight.savable && (
          <Button busy={saving === 'save'} onClick={() => void save(false)}>
            {isNew ? words.createAnyway : words.saveAnyway}
          </Button>
        )}
        {ready && isNew && (
          <Button busy={saving === 'save'} disabled={saving !== null} onClick={() => void save(false)}>
            {words.create}
          </Button>
        )}
        {ready ? (
          <Button look="primary" type="submit" busy={saving === (isNew ? 'deploy' : 'save')} disabled={saving !== null}>
            {isNew ? words.createAndDeploy : words.save}
          </Button>
        ) : (
          <Button look="primary" type="submit" busy={running && current} disabled={!complete}>
            {checked ? words.checkAgain : words.check}
          </Button>
        )}
      </div>
    </form>
  )
}
