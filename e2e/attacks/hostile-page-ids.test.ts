import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GenericSchema, safeParse } from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectFeatures } from '../../src-main/connect-features'
import { noAccounts } from '../../src-main/features/accounts/accounts-document'
import { noApps } from '../../src-main/features/apps/apps-document'
import { noRemovals } from '../../src-main/features/apps/removals'
import { noServers } from '../../src-main/features/servers/servers-document'
import { noWebhooks } from '../../src-main/features/webhooks/webhooks-document'
import { toFailureData } from '../../src-main/ipc/to-outcome'
import type { Features, ShellParts } from '../../src-main/shell-parts'
import { accountRecord } from '../../src-main/testing/fake-access'
import { fixedClock } from '../../src-main/testing/fixed-clock'
import { memoryStore } from '../../src-main/testing/memory-store'
import { silentLog } from '../../src-main/testing/silent-log'
import { contract } from '../../src-preload/contract'
import { Failure } from '../../src-preload/contract/outcome'
import { exampleInputs, idPlaces } from './example-input'

/** Names that every object answers to, though nobody put them there. */
const hostile = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'then', 'length', 'name']

let folder: string
let features: Features
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-ids-'))
  // Nothing listens there.
  const account = accountRecord({ id: 'account-1', provider: 'github', host: 'http://127.0.0.1:1', kind: 'oauth' })
  const stores = {
    settings: memoryStore({ gitPath: null }),
    accounts: memoryStore({ ...noAccounts, accounts: [account] }),
    keys: memoryStore([]),
    deployKeys: memoryStore([]),
    hostKeys: memoryStore([]),
    certificates: memoryStore([]),
    oauthApps: memoryStore([]),
    servers: memoryStore(noServers),
    apps: memoryStore(noApps),
    webhooks: memoryStore(noWebhooks),
    removals: memoryStore(noRemovals),
  }
  const given: Readonly<Record<string, unknown>> = {
    folder,
    root: folder,
    stores,
    log: silentLog(),
    clock: fixedClock(),
    resources: { knownHosts: '', providers: {} },
    safeStorage: { isEncryptionAvailable: () => false },
    version: '0',
    machine: 'here',
    gitHelpers: [],
    schemeOwner: { isOurs: async () => false },
    dialogs: {},
    announce: () => undefined,
    lastFailures: () => [],
  }
  const refuse = async () => {
    throw new Failure('cancelled')
  }
  // Nothing that the shell would do is done here.
  const parts = new Proxy(given, { get: (known, name) => (Object.hasOwn(known, name) ? known[String(name)] : refuse) })
  features = connectFeatures(parts as unknown as ShellParts)
})
afterAll(async () => {
  const { work, writes } = features.ends
  await Promise.all([...Object.values(work), ...Object.values(writes)].map((end) => end()))
  rmSync(folder, { recursive: true })
})

interface Called {
  readonly feature: string
  readonly name: string
  readonly input: GenericSchema
}
const methods = Object.entries(contract).flatMap(([feature, own]) =>
  Object.entries(own).map(([name, { input }]): Called => ({ feature, name, input })),
)
const takingIds = methods.filter(({ input }) => idPlaces(input).length > 0)

/** The look ahead before an app is saved tells what it met in its items. */
const failureIn = (value: unknown): string | undefined =>
  (value as { items?: { failure: { code: string } | null }[] } | undefined)?.items?.find(({ failure }) => failure)
    ?.failure?.code

/** How a call ends: `done`, or the code of its failure. */
const call = async ({ feature, name, input }: Called, raw: unknown): Promise<string> => {
  const request = safeParse(input, raw)
  if (!request.success) return 'invalid-input'
  const handlers = features.handlers as unknown as Record<string, Record<string, (value: unknown) => Promise<unknown>>>
  try {
    return failureIn(await handlers[feature]?.[name]?.(request.output)) ?? 'done'
  } catch (error) {
    return toFailureData(error, silentLog(), name).code
  }
}

describe('an id that every object answers to', () => {
  it('is tried on every method that takes one', () => {
    expect(takingIds.length).toBeGreaterThan(50)
    // The inputs are such as the border lets through, or this proved nothing.
    for (const { feature, name, input } of takingIds) {
      for (const raw of exampleInputs(input, () => 'nobody')) {
        expect({ feature, name, accepted: safeParse(input, raw).success }).toEqual({ feature, name, accepted: true })
      }
    }
  })

  it.each(takingIds)('is nobody’s at $feature › $name', async (method) => {
    const places = idPlaces(method.input)
    const known = (place: string) =>
      /accountId$|reconnects$/.test(place) ? 'account-1' : /provider$/.test(place) ? 'github' : 'nobody'
    for (const only of [null, ...places]) {
      const inputs = (id: string) =>
        exampleInputs(method.input, (place) => (only === null || place === only ? id : known(place)))
      const ordinary = await Promise.all(inputs('nobody').map((raw) => call(method, raw)))
      for (const id of hostile) {
        const ended = await Promise.all(inputs(id).map((raw) => call(method, raw)))
        expect({ id, only, ended }).toEqual({ id, only, ended: ordinary })
      }
      expect(ordinary).not.toContain('unexpected')
      expect({ only, ordinary }).not.toEqual({ only, ordinary: expect.arrayContaining(['done']) })
      for (const raw of inputs('')) expect(await call(method, raw)).not.toMatch(/done|unexpected/)
    }
  })
})
