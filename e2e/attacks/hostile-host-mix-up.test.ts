import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fetch } from '../../src-main/network/fetch'
import { loopbackFetch } from '../../src-main/testing/no-network'
import { type SignInBench, startSignInBench } from '../../src-main/testing/sign-in-bench'
import { Failure } from '../../src-preload/contract/outcome'
import { type Forge, startForge } from '../forge/forge'
import { withQuery } from '../forge/sign-in'
import { askedFor, type Host, hosts, landings, registeredApp, registrations, strangers } from './mix-up-hosts'

/*
 * RFC 9700 section 4.4.2: a person signs in at a hostile host, whose authorize page sends the browser on to an honest
 * one with the same state and challenge. The code of the honest host must never reach the hostile one.
 */

const honestCode = 'the-code-of-the-honest-host'
const ownCode = 'the-code-of-the-host-itself'
const roads = ['deep-link', 'loopback'] as const
const registered = ['own', 'earlier'] as const

/** What was sent to token endpoints. */
let sent: string[] = []
/** Whether hosts announce that their answers name them. */
let announcing = false
let bench: SignInBench

const network: Fetch = async (url, init) => {
  if (String(url).includes('/.well-known/')) {
    if (!announcing) throw new Failure('not-found')
    return Response.json({ authorization_response_iss_parameter_supported: true })
  }
  sent.push(init?.body ?? '')
  return Response.json({ access_token: 'x', token_type: 'bearer' })
}

beforeEach(async () => {
  sent = []
  announcing = false
  bench = await startSignInBench('secret', network)
})
afterEach(() => bench.close())

/** Begins at a host; null where it is refused. */
const begin = async (at: Host, road: (typeof roads)[number], callbacks: (typeof registered)[number]) => {
  bench.provider = at.provider
  bench.ownsScheme = road === 'deep-link'
  bench.client = { clientId: 'the-honest-client', clientSecret: bench.client?.clientSecret ?? null, callbacks }
  const started = await bench.start({ provider: at.provider.id, host: at.address }).catch((error: unknown) => {
    if (error instanceof Failure && ['callback-outdated', 'invalid-input'].includes(error.code)) return null
    throw error
  })
  if (started === null) return null
  const query = new URL(bench.opened.at(-1) ?? '').searchParams
  return { id: started.id, pending: query.get('redirect_uri') ?? '', query }
}

/** Brings an answer as the browser does; what cannot arrive does not. */
const arrive = async (landed: string): Promise<void> => {
  if (landed.startsWith('cloudaipilot:')) return bench.deliver(landed).catch(() => undefined)
  await loopbackFetch(landed).catch(() => undefined)
}

type Begun = NonNullable<Awaited<ReturnType<typeof begin>>>

/** Ways for an answer to get into the app. */
const deliveries: readonly ((begun: Begun, landed: string) => Promise<unknown>)[] = [
  (_, landed) => arrive(landed),
  ({ id }, landed) => bench.signIns.handlers.pasteBack({ id, address: landed }).catch(() => undefined),
]

/** Whether a host keeps callbacks that all hosts once shared, being its provider's own: it is taken not to be hostile then. */
const keepsEarlier = ({ provider, address }: Host) => provider.signIn(address).redirect?.earlier?.needsIssuer === false

const originOf = (address: string): string => address.split('/oauth')[0] ?? ''

const attack = async (hostile: Host, honest: Host, callbacks: (typeof registered)[number]) => {
  for (const road of roads) {
    const first = await begin(hostile, road, callbacks)
    if (first === null || (road === 'deep-link' && !first.pending.startsWith('cloudaipilot:'))) continue
    const trusted = callbacks === 'earlier' && keepsEarlier(hostile)
    for (const all of registrations(honest)) {
      const redirectUris = trusted ? all.filter((uri) => !uri.includes('oauth/callback')) : all
      const app = registeredApp(redirectUris)
      const asked = askedFor(first.pending, redirectUris, hostile.address).filter((uri) => honest.allows(app, uri))
      const landed = asked.flatMap((address) => landings(withQuery(address, { code: honestCode, state: 'STATE' })))
      for (const [index, address] of landed.entries()) {
        const begun = await begin(hostile, road, callbacks)
        if (begun === null) throw new Error('It began before')
        // The port is another one each time: the same, had it been the first.
        const moved = address.replace(originOf(first.pending), originOf(begun.pending))
        const deliver = deliveries[index % deliveries.length]
        await deliver?.(begun, moved.replace('STATE', begun.query.get('state') ?? ''))
      }
    }
  }
}

describe.each(
  [...hosts, ...strangers.filter(({ dialect }) => dialect === 'bitbucket')].map(
    (hostile) => [hostile.name, hostile] as const,
  ),
)('%s', (_, hostile) => {
  it.each([
    ['its own callbacks', 'own', false],
    ['the callbacks of before', 'earlier', false],
    ['the callbacks of before, announcing that it names itself', 'earlier', true],
  ] as const)('gets no code of any other host, by %s', async (_, callbacks, announces) => {
    announcing = announces
    for (const honest of hosts) if (honest.address !== hostile.address) await attack(hostile, honest, callbacks)
    expect(sent).toEqual([])
    expect(bench.connected).toEqual([])
  })

  it('gets its own', async () => {
    const begun = await begin(hostile, 'loopback', 'own')
    if (hostile.dialect === 'bitbucket' && hostile.address !== 'https://bitbucket.org') return expect(begun).toBeNull()
    if (begun === null) throw new Error('It was refused')
    const landed = withQuery(begun.pending, { code: ownCode, state: begun.query.get('state') })
    await bench.signIns.handlers.pasteBack({ id: begun.id, address: landed })
    expect(sent.join()).toContain(ownCode)
  })
})

describe.each(['github', 'gitlab', 'bitbucket', 'gitea', 'forgejo'] as const)('a code of a running %s', (dialect) => {
  let forge: Forge
  let honest: Host

  beforeAll(async () => {
    forge = await startForge({ dialect })
    const kind = hosts.find((one) => one.dialect === dialect)
    if (kind === undefined) throw new Error(`No ${dialect}`)
    honest = { ...kind, address: forge.address }
  })
  afterAll(async () => {
    expect(forge.problems).toEqual([])
    await forge.close()
  })

  it.each(strangers.map((hostile) => [hostile.name, hostile] as const))('does not go to %s', async (_, hostile) => {
    const endpoint = honest.provider.signIn(forge.address).redirect?.authorizationEndpoint ?? ''
    let brought = 0
    for (const road of roads) {
      for (const redirectUris of registrations(honest)) {
        const app = forge.oauthApp({ redirectUris, confidential: dialect === 'github' || dialect === 'bitbucket' })
        for (const wanted of [null, redirectUris[0], redirectUris.at(-1)]) {
          const begun = await begin(hostile, road, 'own')
          if (begun === null) continue
          const query = new URLSearchParams(begun.query)
          query.set('client_id', app.clientId)
          query.delete('scope')
          if (wanted !== null) query.set('redirect_uri', wanted ?? begun.pending)
          const landed = await forge.approve(`${endpoint}?${query}`, { as: 'ada' }).catch(() => null)
          if (landed === null) continue
          if (new URL(landed).searchParams.has('code')) brought += 1
          await arrive(landed)
          await bench.signIns.handlers.pasteBack({ id: begun.id, address: landed }).catch(() => undefined)
        }
      }
    }
    expect(sent).toEqual([])
    expect(brought > 0 || hostile.dialect === 'bitbucket').toBe(true)
  })
})
