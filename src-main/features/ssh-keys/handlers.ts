import { randomUUID } from 'node:crypto'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { SshAddress, SshTest } from '../../../src-preload/contract/entities/ssh-key'
import type { Handlers } from '../../../src-preload/contract/method'
import { Failure } from '../../../src-preload/contract/outcome'
import type { sshKeys } from '../../../src-preload/contract/ssh-keys'
import { listAgentKeys } from '../../ssh/agent-keys'
import type { KeyPair } from '../../ssh/key-pair'
import { looksEncrypted } from '../../ssh/read-private-key'
import { type ConnectionTestParts, type RunningTest, startConnectionTest } from './connection-test'
import type { DeployKeys } from './deploy-keys'
import { fittingCertificate } from './key-certificate'
import type { KeyStore } from './key-store'
import type { KeyFile } from './keys-at-home'

/** What the feature needs from this computer and from other features. */
export interface SshKeyParts extends ConnectionTestParts {
  readonly keys: KeyStore
  readonly deployKeys: Pick<DeployKeys, 'add' | 'remove' | 'follow' | 'makeWay'>
  readonly readKey: (text: string, passphrase: string) => Promise<KeyPair>
  readonly agentSocket: () => string | null
  /** @throws Failure `address-refused` with its reason */
  readonly parseAddress: (text: string) => SshAddress
  /** Asks for a key file and reads it, at most 64 kB; null when the person picks none. */
  readonly pickKeyFile: () => Promise<KeyFile | null>
  /** Private keys in the person's own `~/.ssh`. */
  readonly keyFilesAtHome: () => Promise<readonly KeyFile[]>
  /** Asks where to save and writes; the path, or null when the person names none. */
  readonly saveFile: (suggestion: string, content: string) => Promise<string | null>
  /** Adds the account, or reconnects one. */
  readonly connect: (account: {
    readonly keyId: string
    readonly address: SshAddress
    readonly name: string
    readonly reconnects: string | null
  }) => Promise<Account>
}

/** Tests kept for their result, beside the one that runs. */
const keptTests = 20

export const createSshKeyHandlers = (
  parts: SshKeyParts,
): Handlers<typeof sshKeys> & {
  /** What a connection test waits for, or null. */
  readonly askedHostKey: (testId: string) => SshTest['hostKey']
  readonly stopAll: () => Promise<void>
} => {
  const { keys, deployKeys } = parts
  const tests = new Map<string, RunningTest>()
  /** Key files picked but not imported yet: their text stays here and never goes to the window. */
  const picked = new Map<string, Pick<KeyFile, 'text' | 'certificate'>>()

  const start = async (keyId: string, addressText: string): Promise<RunningTest> => {
    const address = parts.parseAddress(addressText)
    const key = keys.get(keyId)
    const test = startConnectionTest(address, { ...key, login: () => keys.login(keyId) }, parts)
    const { id } = test.state()
    tests.set(id, test)
    for (const old of [...tests.keys()].slice(0, -keptTests)) tests.delete(old)
    void test.done.then(({ state }) => (state === 'passed' ? keys.used(keyId) : undefined))
    return test
  }
  const running = (id: string): RunningTest => {
    const test = tests.get(id)
    if (test === undefined) throw new Failure('not-found', { what: 'connection-test' })
    return test
  }
  const take = async (text: string, passphrase: string, name: string) =>
    keys.keep(await parts.readKey(text, passphrase), name)

  return {
    list: async () => [...keys.list()],
    create: ({ kind, name }) => keys.create(kind, name),
    importKey: ({ name, privateKey, passphrase }) => take(privateKey, passphrase, name),
    pickKeyFile: async () => {
      const file = await parts.pickKeyFile()
      if (file === null) return null
      const id = randomUUID()
      picked.clear()
      picked.set(id, file)
      return { id, name: file.name, encrypted: looksEncrypted(file.text) }
    },
    findKeyFiles: async () => {
      picked.clear()
      return (await parts.keyFilesAtHome()).map(({ name, text, certificate }) => {
        const id = randomUUID()
        picked.set(id, { text, certificate })
        return { id, name, encrypted: looksEncrypted(text) }
      })
    },
    importFile: async ({ id, name, passphrase }) => {
      const file = picked.get(id)
      if (file === undefined) throw new Failure('not-found', { what: 'key-file' })
      const key = await take(file.text, passphrase, name)
      picked.delete(id)
      const certificate = fittingCertificate(file.certificate, key.publicKey, parts.now())
      return certificate === null ? key : keys.certify(key.id, certificate)
    },
    agentKeys: async () => [...(await listAgentKeys(parts.agentSocket()))],
    takeAgentKey: async ({ fingerprint, name }) => {
      const key = (await listAgentKeys(parts.agentSocket())).find((candidate) => candidate.fingerprint === fingerprint)
      if (key === undefined) throw new Failure('not-found', { what: 'ssh-key' })
      return keys.keepAgentKey(key.publicKey, name)
    },
    pickCertificate: async ({ id }) => {
      keys.get(id)
      const file = await parts.pickKeyFile()
      return file === null ? null : keys.certify(id, file.text)
    },
    dropCertificate: ({ id }) => keys.certify(id, null),
    rename: ({ id, name }) => keys.rename(id, name),
    remove: async ({ id }) => {
      const { replacedBy } = keys.get(id)
      if (replacedBy !== null) await deployKeys.makeWay(id, replacedBy)
      await keys.remove(id)
      return undefined
    },
    savePublicKey: async ({ id }) => {
      const { name, publicKey } = keys.get(id)
      return parts.saveFile(`${name.replace(/[^\w.-]+/g, '-')}.pub`, `${publicKey}\n`)
    },
    rotate: async ({ id }) => {
      const successor = await keys.rotate(id)
      await deployKeys.follow(id, successor)
      return keys.get(successor.id)
    },
    addDeployKey: async ({ id, accountId, repositoryId }) => {
      await deployKeys.add(keys.get(id), { accountId, repositoryId })
      return keys.get(id)
    },
    removeDeployKey: async ({ id, accountId, repositoryId }) => {
      await deployKeys.remove(id, { accountId, repositoryId })
      return keys.get(id)
    },
    parseAddress: async ({ address }) => parts.parseAddress(address),
    test: async ({ keyId, address }) => (await start(keyId, address)).state(),
    confirmHostKey: async ({ testId, fingerprint }) => {
      const test = running(testId)
      test.confirm(fingerprint)
      return test.state()
    },
    cancelTest: async ({ id }) => {
      running(id).cancel()
      return undefined
    },
    connect: async ({ keyId, address, name, reconnects }) => {
      const test = await start(keyId, address)
      const result: SshTest = await test.done
      if (result.state !== 'passed') throw failureOf(result)
      return parts.connect({ keyId, address: result.address, name, reconnects })
    },
    askedHostKey: (testId) => running(testId).state().hostKey,
    stopAll: async () => {
      for (const test of tests.values()) test.cancel()
      await Promise.all([...tests.values()].map(({ done }) => done))
    },
  }
}

const failureOf = ({ failure }: SshTest): Failure => new Failure(failure?.code ?? 'unexpected', failure?.facts ?? {})
