/*
 * A forge to play with by hand:
 *   npx tsx e2e/forge/start.ts --dialect gitlab --repositories 1000 [--latency 30] [--path /git] [--app github-app]
 */
import { parseArgs } from 'node:util'
import { callbacksToRegister } from '../../src-main/oauth/callbacks'
import { bitbucket } from '../../src-main/providers/bitbucket'
import { gitea } from '../../src-main/providers/gitea'
import { github } from '../../src-main/providers/github'
import { gitlab } from '../../src-main/providers/gitlab'
import type { Provider } from '../../src-main/providers/provider'
import { startForge } from './forge'
import { DIALECTS, type DialectId } from './forge-state'

const isDialect = (text: string): text is DialectId => (DIALECTS as readonly string[]).includes(text)

/** The app's provider for each. */
const PROVIDERS: Readonly<Record<DialectId, Provider>> = { github, gitlab, bitbucket, gitea, forgejo: gitea }

/** Callbacks to register, so that what is printed can be used as it stands. */
const callbacks = (dialect: DialectId, address: string): readonly string[] => {
  const { redirect } = PROVIDERS[dialect].signIn(address)
  return redirect === undefined ? [] : callbacksToRegister(address, redirect)
}

/** Providers that know clients without a secret. */
const PUBLIC: readonly DialectId[] = ['gitlab', 'gitea', 'forgejo']

const { values } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'github' },
    repositories: { type: 'string', default: '1000' },
    latency: { type: 'string', default: '0' },
    path: { type: 'string', default: '' },
    app: { type: 'string', default: 'oauth-app' },
  },
})

const main = async (dialect: DialectId): Promise<void> => {
  const forge = await startForge({
    dialect,
    repositories: Number(values.repositories),
    latencyMs: Number(values.latency),
    basePath: values.path,
    ssh: true,
  })
  const app = forge.oauthApp({
    kind: values.app === 'github-app' ? 'github-app' : 'oauth-app',
    redirectUris: callbacks(dialect, forge.address),
    deviceFlow: true,
    confidential: !PUBLIC.includes(dialect),
  })
  const repository = await forge.world.createRepository({ owner: 'ada', name: 'first-engine', commits: 12 })
  console.log(`host           ${forge.address}`)
  console.log(`api            ${forge.apiUrl}`)
  console.log(`sign in as     ada, password "password" (also grace, alan)`)
  console.log(`client id      ${app.clientId}`)
  console.log(`client secret  ${app.clientSecret}`)
  console.log(`token          ${forge.personalAccessToken({ user: 'ada' })}`)
  console.log(`clone          ${forge.address}/ada/${repository.name}.git`)
  console.log(`ssh host key   ${forge.ssh?.hostKey} (port ${forge.ssh?.port})`)
  console.log('Ctrl+C ends it.')
  const end = (): void => {
    void forge.close().then(() => process.exit(0))
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
}

if (isDialect(values.dialect)) void main(values.dialect)
else {
  console.error(`There is no dialect ${values.dialect}; choose one of ${DIALECTS.join(', ')}.`)
  process.exitCode = 1
}
