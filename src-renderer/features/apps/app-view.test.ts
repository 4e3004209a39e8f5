import { describe, expect, it } from 'vitest'
import { app } from '../../../e2e/preview/app-data'
import { history, running } from '../../../e2e/preview/deploy-data'
import type { App, Deploy } from '../../../src-preload/contract/entities/app'
import type { FailureCode } from '../../../src-preload/contract/outcome'
import { liveDeploy, matches, nextActionOf, reasonOf, stateOf } from './app-view'
import { phaseTone } from './deploy-view'

const because = (code: FailureCode, change: Partial<App> = {}) =>
  app({ id: 'p', state: 'failed', reason: { code, facts: {} }, ...change })

describe('how an app reads', () => {
  it.each<[string, App, string, string, string]>([
    ['new', app({ id: 'p', state: 'never-deployed', current: null }), 'Not deployed yet', 'idle', 'deploy'],
    ['live', app({ id: 'p' }), 'Live', 'good', 'deploy'],
    ['deploying', because('command-failed', { state: 'deploying' }), 'Deploying', 'busy', 'show-log'],
    ['failed', because('command-failed'), 'Last deploy failed', 'bad', 'show-log'],
    ['failed for its branch', because('branch-missing'), 'Last deploy failed', 'bad', 'edit'],
    ['failed for its key', because('publickey-denied'), 'Last deploy failed', 'bad', 'key'],
    ['not known', because('unreachable', { state: 'unknown' }), 'Not known now', 'away', 'refresh'],
    ['live without its account', because('auth-revoked', { state: 'live' }), 'Live', 'warn', 'account'],
    ['live with a broken hook', because('hook-drifted', { state: 'live' }), 'Live', 'warn', 'webhook'],
  ])('%s', (_, one, word, tone, action) => {
    expect(stateOf(one)).toEqual({ tone, word })
    expect(nextActionOf(one)).toBe(action)
  })

  it('gives no reason while a deploy that may mend it runs', () => {
    expect(reasonOf(because('command-failed'))).toContain('after-deploy command failed')
    expect(reasonOf(because('command-failed', { state: 'deploying' }))).toBeNull()
    expect(reasonOf(app({ id: 'p' }))).toBeNull()
  })

  it('knows the author only of the commit that is live', () => {
    expect(liveDeploy(app({ id: 'p', lastDeploy: history[0] ?? null }))?.author).toBe('Mona Lisa')
    expect(liveDeploy(app({ id: 'p', lastDeploy: running }))).toBeNull()
    expect(liveDeploy(app({ id: 'p', lastDeploy: null }))).toBeNull()
  })

  it('colours the phase in which a deploy ended, not the report after it', () => {
    const phases = (['connect', 'fetch', 'command', 'report'] as const).map((phase) => ({
      phase,
      startedAt: 0,
      milliseconds: 1,
    }))
    const tones = (state: Deploy['state'], count = 4) =>
      phases.slice(0, count).map(({ phase }) => phaseTone({ state, phases: phases.slice(0, count) }, phase))
    expect(tones('failed')).toEqual(['good', 'good', 'bad', 'good'])
    expect(tones('cancelled')).toEqual(['good', 'good', 'idle', 'good'])
    expect(tones('unknown')).toEqual(['good', 'good', 'away', 'good'])
    expect(tones('succeeded')).toEqual(['good', 'good', 'good', 'good'])
    expect(tones('failed', 1)).toEqual(['bad'])
    expect(tones('cancelled', 3)).toEqual(['good', 'good', 'idle'])
  })

  it('is found by every word it shows', () => {
    const one = app({ id: 'p', name: 'Shop', branch: 'release' })
    for (const text of ['shop', 'ACME/store', 'release', 'production', ' live '])
      expect(matches(one, 'Production', text)).toBe(true)
    expect(matches(one, 'Production', 'billing')).toBe(false)
  })
})
