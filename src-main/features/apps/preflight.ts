import type { AppForm, Preflight, PreflightItem } from '../../../src-preload/contract/entities/app'
import { preflightItems } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { commandPrograms } from '../../deploy/command-words'
import type { Answer } from '../../deploy/frame'
import type { Pilot } from '../../deploy/pilot'
import type { AccountAccess } from '../accounts/account-access'
import { asData, asFailure } from '../accounts/failure-families'
import type { HostLook } from '../host-keys/look-at-host'
import type { ServerAccess } from '../servers/create-servers'
import type { AppBook } from './app-book'
import type { AppKeys } from './app-keys'
import { allowFields, folderIn, requireRootFolder } from './app-settings'
import { type ResolvedSource, resolveSource } from './app-source'
import type { CloneHere } from './clone-here'
import { explainCall } from './explain-server'
import { formChecks, type ItemName, type Judgement, judgeCommand, judgeFolder } from './judge-preflight'
import { requireFree } from './require-free'
import { readSubmodules, shownSubmodules } from './submodules'

export interface PreflightParts {
  readonly access: Pick<AccountAccess, 'open' | 'record'>
  readonly servers: Pick<ServerAccess, 'run' | 'get'>
  readonly hosts: Pick<HostLook, 'look'>
  readonly keys: Pick<AppKeys, 'hostLines' | 'make' | 'prepared'>
  readonly book: Pick<AppBook, 'all' | 'values'>
  readonly cloneHere: CloneHere
  readonly now: () => number
}

const idle = (item: ItemName): PreflightItem => ({
  item,
  state: 'waiting',
  detail: '',
  milliseconds: null,
  failure: null,
})

/** Below this a clone of any size is a risk, in kB. */
const fewKilobytes = 1024 * 1024

/**
 * Looks ahead before an app is saved: both sides clone for a test, at the same time. Never throws but when cancelled;
 * what was found stands in the items.
 */
export const runPreflight = async (
  form: AppForm,
  parts: PreflightParts,
  show: (preflight: Preflight) => void,
  signal: AbortSignal,
): Promise<Preflight> => {
  let state: Preflight = {
    done: false,
    ready: false,
    savable: false,
    folder: null,
    items: preflightItems.map(idle),
    hostKey: null,
    serverKey: null,
    submodules: [],
    lfs: false,
  }
  const change = (fields: Partial<Preflight>) => {
    if (signal.aborted) throw new Failure('cancelled')
    state = { ...state, ...fields }
    show(state)
  }
  const mark = (item: ItemName, fields: Partial<PreflightItem>) =>
    change({ items: state.items.map((entry) => (entry.item === item ? { ...entry, ...fields } : entry)) })
  /** Null when it failed. */
  const step = async <T>(item: ItemName, act: () => Promise<T>, judge: (value: T) => Judgement): Promise<T | null> => {
    const from = parts.now()
    mark(item, { state: 'running' })
    try {
      const value = await act()
      mark(item, { state: 'passed', ...judge(value), milliseconds: parts.now() - from })
      return value
    } catch (error) {
      if (signal.aborted) throw new Failure('cancelled')
      mark(item, { state: 'failed', failure: asData(asFailure(error)), milliseconds: parts.now() - from })
      return null
    }
  }

  const attempted = async (item: ItemName, act: () => unknown): Promise<boolean> => {
    try {
      await act()
      return true
    } catch (error) {
      mark(item, { state: 'failed', failure: asData(asFailure(error)) })
      return false
    }
  }
  let hasKey = false

  const knownHost = async (resolved: ResolvedSource): Promise<string> => {
    const { address } = resolved
    try {
      return await parts.keys.hostLines(address, signal)
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'host-key-unknown') throw error
      const { type = '', fingerprint = '', published } = error.facts
      const place = { host: address.host, port: address.port ?? 22 }
      change({ hostKey: { ...place, type, fingerprint, published: published ?? null } })
      throw error
    }
  }

  const fromServer = async (resolved: ResolvedSource, hosts: string, folder: string): Promise<Answer> => {
    const made = await parts.keys.make(form.serverId, folder, resolved, hosts)
    await parts.keys.prepared(form.serverId, made)
    hasKey = true
    change({ serverKey: made.serverKey })
    const fields = [
      ['key', made.key],
      ['url', resolved.source.sshUrl],
      ['branch', form.branch],
      ['root', requireRootFolder(form.rootFolder)],
      ...allowFields(form),
      ...commandPrograms(form.command).map((word) => ['word', word] as const),
    ] as const
    const attempt = {
      sshUrl: resolved.source.sshUrl,
      branch: form.branch,
      server: parts.servers.get(form.serverId).name,
    }
    return parts.servers
      .run(form.serverId, (pilot) => pilot.call('trial', fields, { signal, timeout: 150_000 }), signal)
      .catch((error: unknown) => {
        throw explainCall(error, attempt)
      })
  }

  const judgeTrial = (trial: Answer, resolved: ResolvedSource) => {
    const root = requireRootFolder(form.rootFolder)
    const rooted = root === '' || trial.get('root') === '1'
    mark('root-folder', {
      state: rooted ? 'passed' : 'failed',
      detail: root,
      failure: rooted ? null : { code: 'folder-missing', facts: { path: root } },
    })
    const modules = readSubmodules(trial.get('modules'), trial.all('link'), resolved.address)
    const shown = shownSubmodules(modules, resolved.address)
    const foreign = shown.find(({ sameAccount }) => !sameAccount)
    change({ submodules: shown, lfs: trial.get('attributes') === 'lfs' })
    mark('submodules', {
      state: shown.length === 0 || (form.submodules && foreign === undefined) ? 'passed' : 'warned',
      detail: shown.map(({ path }) => path).join(', '),
      failure:
        form.submodules && foreign !== undefined
          ? { code: 'submodule-refused', facts: { path: foreign.path, host: foreign.host } }
          : null,
    })
    const lacksLfs = state.lfs && form.lfs && trial.get('lfs') === ''
    mark('lfs', {
      state: !state.lfs || (form.lfs && !lacksLfs) ? 'passed' : lacksLfs ? 'failed' : 'warned',
      detail: state.lfs ? 'git-lfs' : '',
      failure: lacksLfs ? { code: 'tool-missing', facts: { tool: 'git-lfs' } } : null,
    })
    const free = Number(trial.get('free') || Number.NaN)
    mark('size', {
      state: Number.isFinite(free) && free < fewKilobytes ? 'warned' : 'passed',
      detail: trial.get('files'),
    })
    mark('command', { state: 'passed', ...judgeCommand(trial) })
  }

  change({})
  const sound = await Promise.all(formChecks.map(([item, check]) => attempted(item, () => check(form, parts.book))))
  const isSound = sound.every(Boolean)
  const resolved = await step(
    'access',
    () => resolveSource(parts.access, form),
    ({ source }) => ({ detail: source.path }),
  )
  const server = await step(
    'server',
    () => parts.servers.run(form.serverId, (pilot) => pilot.call('status', [], { signal }), signal),
    () => ({ detail: parts.servers.get(form.serverId).name }),
  )
  const folder = server === null || !isSound ? null : folderIn(server.get('home'), form.folder)
  change({ folder })
  if (folder !== null && resolved !== null) {
    const { repositoryId, sshUrl } = resolved.source
    await step(
      'folder',
      async () => {
        requireFree(parts.book.all(), form, folder)
        const look = (pilot: Pilot) => pilot.call('folder', [['folder', folder]], { signal })
        return parts.servers.run(form.serverId, look, signal)
      },
      (looked) => judgeFolder(looked, folder, repositoryId ?? sshUrl),
    )
  }
  if (resolved !== null) {
    const hosts = await step(
      'host-key',
      () => knownHost(resolved),
      () => ({}),
    )
    const here = step(
      'from-here',
      () => parts.cloneHere(resolved, form.branch, signal),
      ({ commit }) => ({ detail: commit }),
    ).then((cloned) => {
      if (cloned !== null) return mark('branch', { state: 'passed', detail: form.branch })
      const failure = state.items.find(({ item }) => item === 'from-here')?.failure ?? null
      if (failure?.code === 'branch-missing' || failure?.code === 'invalid-input')
        mark('branch', { state: 'failed', failure })
    })
    const there =
      hosts === null || folder === null
        ? null
        : step(
            'from-server',
            () => fromServer(resolved, hosts, folder),
            (trial) => ({ detail: trial.get('commit') }),
          )
    const [trial] = await Promise.all([there, here])
    if (trial !== null) judgeTrial(trial, resolved)
  }
  const failing = (...names: readonly ItemName[]) =>
    state.items.some(({ item, state: one }) => one === 'failed' && (names.length === 0 || names.includes(item)))
  const modulesFound = !failing('from-server') && state.submodules.every(({ sameAccount }) => sameAccount)
  change({
    done: true,
    ready: !failing() && resolved !== null,
    savable: hasKey && !failing('folder') && (!form.submodules || modulesFound),
    items: state.items.map((entry) => (entry.state === 'waiting' ? { ...entry, state: 'skipped' } : entry)),
  })
  return state
}
