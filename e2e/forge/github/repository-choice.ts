import type { Call } from '../call'
import type { OAuthApp } from '../credentials'
import { type Account, accountPath, type Person, type Repository } from '../entities'
import type { Installation } from '../forge-state'
import { escaped } from '../pages'
import { install, installableAccounts } from './installations'

/** How many repositories the form offers to tick; more are named in its text field. */
const OFFERED = 30

const ofAccount = (call: Call, person: Person, account: Account): readonly Repository[] =>
  call.forge.world.repositoriesOf(person).filter((repository) => repository.owner.id === account.id)

const radio = (name: string, value: string, label: string, checked: boolean): string =>
  `<label><input type="radio" name="${name}" value="${value}"${checked ? ' checked' : ''}> ${label}</label>`

const accountChoice = (call: Call, app: OAuthApp, person: Person, account: Account): string => {
  const { forge } = call
  const current = forge.installations.find((one) => one.app === app && one.accountId === account.id)
  const chosen = current && current.selection !== 'all' ? current.selection : new Set<number>()
  const state = current
    ? current.selection === 'all'
      ? 'all'
      : 'selected'
    : account.kind === 'person'
      ? 'all'
      : 'none'
  const name = `selection:${account.id}`
  const rows = ofAccount(call, person, account)
  const boxes = rows
    .slice(0, OFFERED)
    .map(
      (row) =>
        `<label><input type="checkbox" name="repository:${account.id}" value="${row.id}"${chosen.has(row.id) ? ' checked' : ''}> ${escaped(row.name)}</label>`,
    )
  const extra = rows.filter((row, index) => index >= OFFERED && chosen.has(row.id)).map((row) => row.name)
  const path = escaped(accountPath(account))
  return `<fieldset><legend>Repository access for ${path}</legend>
${radio(name, 'none', 'No repositories', state === 'none')}
${radio(name, 'all', 'All repositories', state === 'all')}
${radio(name, 'selected', 'Only select repositories', state === 'selected')}
<details><summary>Repositories of ${path}</summary>${boxes.join('')}
<label>More repositories of ${path}, by name<input name="named:${account.id}" value="${escaped(extra.join(' '))}"></label>
</details></fieldset>`
}

/** The part of a form that chooses an app's repositories, for each account that the person administers. */
export const repositoryChoice = (call: Call, app: OAuthApp, person: Person): string =>
  installableAccounts(call.forge, person)
    .map((account) => accountChoice(call, app, person, account))
    .join('')

const chosenRepositories = (call: Call, person: Person, account: Account, fields: URLSearchParams): Set<number> => {
  const named = new Set((fields.get(`named:${account.id}`) ?? '').split(/[\s,]+/).filter(Boolean))
  const own = ofAccount(call, person, account)
  const ticked = new Set(fields.getAll(`repository:${account.id}`).map(Number))
  return new Set(own.filter((row) => ticked.has(row.id) || named.has(row.name)).map((row) => row.id))
}

/** Does what was chosen in that form. Answers the installations that exist afterwards. */
export function applyChoice(
  call: Call,
  app: OAuthApp,
  person: Person,
  fields: URLSearchParams,
): readonly Installation[] {
  const { forge } = call
  for (const account of installableAccounts(forge, person)) {
    const selection = fields.get(`selection:${account.id}`)
    if (selection === 'all') install(forge, app, account, 'all')
    if (selection === 'selected') install(forge, app, account, chosenRepositories(call, person, account, fields))
    if (selection === 'none') {
      const at = forge.installations.findIndex((one) => one.app === app && one.accountId === account.id)
      if (at >= 0) forge.installations.splice(at, 1)
    }
  }
  return forge.installations.filter((one) => one.app === app)
}
