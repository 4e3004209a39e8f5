import { hostName } from '../../failures/facts'
import { Select } from '../../ui/select'
import { useAccounts } from '../accounts/use-accounts'
import type { Question } from './question'
import style from './repositories.module.css'
import { useRepositories } from './use-repositories'
import { words } from './words'

const visibilities = [
  ['any', words.visibilities.any],
  ['private', words.visibilities.private],
  ['public', words.visibilities.public],
] as const
const archivedChoices = [
  ['no', words.archivedChoices.no],
  ['any', words.archivedChoices.any],
  ['yes', words.archivedChoices.yes],
] as const
const forks = [
  ['any', words.forks.any],
  ['no', words.forks.no],
  ['yes', words.forks.yes],
] as const
const sorts = [
  ['pushed', words.sorts.pushed],
  ['name', words.sorts.name],
] as const

const any = ''
const choose = (values: readonly string[], current: string | null, all: string) => {
  const offered = current === null || values.includes(current) ? values : [current, ...values]
  return [[any, all] as const, ...offered.map((value) => [value, value] as const)]
}

/** What narrows the list down: account, owner, visibility, archived, forks, language; and its order. */
export const RepositoryFilters = ({ ask }: { readonly ask: (change: Partial<Question>) => void }) => {
  const { filters, sort } = useRepositories((state) => state.question)
  const owners = useRepositories((state) => state.owners)
  const languages = useRepositories((state) => state.languages)
  const accounts = useAccounts((state) => state.accounts)?.filter(({ can }) => can.list) ?? []
  const narrow = (change: Partial<Question['filters']>) => ask({ filters: { ...filters, ...change } })
  return (
    <div className={style.filters}>
      {accounts.length > 1 && (
        <Select
          label={words.account}
          value={filters.accountId ?? any}
          choices={[
            [any, words.allAccounts],
            ...accounts.map(({ id, label, login, host }) => [id, `${label || login} · ${hostName(host)}`] as const),
          ]}
          onChange={(accountId) => narrow({ accountId: accountId || null, owner: null })}
        />
      )}
      <Select
        label={words.owner}
        value={filters.owner ?? any}
        choices={choose(owners, filters.owner, words.anyOwner)}
        onChange={(owner) => narrow({ owner: owner || null })}
      />
      <Select
        label={words.visibility}
        value={filters.visibility}
        choices={visibilities}
        onChange={(visibility) => narrow({ visibility })}
      />
      <Select
        label={words.archived}
        value={filters.archived}
        choices={archivedChoices}
        onChange={(archived) => narrow({ archived })}
      />
      <Select label={words.fork} value={filters.fork} choices={forks} onChange={(fork) => narrow({ fork })} />
      {languages.length > 0 && (
        <Select
          label={words.language}
          value={filters.language ?? any}
          choices={choose(languages, filters.language, words.anyLanguage)}
          onChange={(language) => narrow({ language: language || null })}
        />
      )}
      <span className={style.push} />
      <Select label={words.sort} value={sort} choices={sorts} onChange={(value) => ask({ sort: value })} />
    </div>
  )
}
