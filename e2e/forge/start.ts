import { parseArgs } from 'node:util'
import { startForge } from './forge'
import { DIALECTS, type DialectId } from './forge-state'

const isDialect = (text: string): text is DialectId => (DIALECTS as readonly string[]).includes(text)

/** Callbacks of the app, so that what is printed can be used as it stands. */
const CALLBACKS = ['cloudaipilot://oauth/callback', 'http://127.0.0.1/callback']

const { values } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'github' },
    repositories: { type: 'string', default: '1000' },
    latency: { type: 'string', default: '0' },
    path: { type: 'string', default: '' },
  },
})

const main = async (dialect: DialectId): Promise<void> => {
  const forge = await startForge({
    dialect,
    repositories: Number(values.repositories),
    latencyMs: Number(values.latency),
    basePath: values.path,
  })
  const app = forge.oauthApp({ redirectUris: CALLBACKS, deviceFlow: true, confidential: dialect !== 'gitlab' })
  const repository = await forge.world.createRepository({ owner: 'ada', name: 'first-engine', commits: 12 })
  console.log(`host           ${forge.address}`)
  console.log(`api            ${forge.apiUrl}`)
  console.log(`sign in as     ada, password "password" (also grace, alan)`)
  console.log(`client id      ${app.clientId}`)
  console.log(`client secret  ${app.clientSecret}`)
  console.log(`token          ${forge.personalAccessToken({ user: 'ada' })}`)
  console.log(`clone          ${forge.address}/ada/${repository.name}.git`)
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
