import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeBridge, type FakeBridge } from '../../../e2e/preview/fake-bridge'
import { type Diagnosis, diagnosisChecks } from '../../../src-preload/contract/entities/diagnosis'
import { Failure } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { createDiagnosisStore } from './diagnosis-store'

const state = (id: string, change: Partial<Diagnosis> = {}): Diagnosis => ({
  id,
  address: 'acme/shop',
  state: 'running',
  steps: diagnosisChecks.map((check) => ({ check, state: 'waiting', milliseconds: null, detail: null, failure: null })),
  conclusion: null,
  ...change,
})

let bridge: FakeBridge
let asked: unknown[]
let cancelled: number
let answer: () => Promise<Diagnosis>
let diagnosis: ReturnType<typeof createDiagnosisStore>
beforeEach(() => {
  asked = []
  cancelled = 0
  answer = async () => state('one')
  bridge = createFakeBridge({
    diagnosis: {
      start: (input) => {
        asked.push(input)
        return answer()
      },
      cancel: async () => {
        cancelled += 1
        return undefined
      },
    },
  })
  diagnosis = createDiagnosisStore(createApi(bridge.bridge), () => ({
    text: 'shop',
    filters: { accountId: null, owner: null, visibility: 'any', archived: 'no', fork: 'any', language: null },
  }))
})

const now = () => diagnosis.store.getState()

describe('why a repository is missing', () => {
  it('is asked with what the list shows, and followed', async () => {
    const stop = diagnosis.start()
    diagnosis.open(' acme/shop ', 'me')
    await diagnosis.ask()
    expect(asked).toMatchObject([{ address: 'acme/shop', accountId: 'me', shown: { text: 'shop' } }])
    expect(now().diagnosis?.state).toBe('running')
    bridge.announce('diagnosis.changed', state('one', { state: 'done' }))
    expect(now().diagnosis?.state).toBe('done')
    bridge.announce('diagnosis.changed', state('another'))
    expect(now().diagnosis?.id).toBe('one')
    stop()
  })

  it('misses no announcement that came before the answer', async () => {
    diagnosis.start()
    diagnosis.type('acme/shop')
    answer = async () => {
      bridge.announce('diagnosis.changed', state('one', { state: 'done' }))
      return state('one')
    }
    await diagnosis.ask()
    expect(now().diagnosis?.state).toBe('done')
  })

  it('is not asked about nothing', async () => {
    diagnosis.type('  ')
    await diagnosis.ask()
    expect(asked).toEqual([])
  })

  it('says why it could not be asked', async () => {
    diagnosis.type('acme/shop')
    answer = async () => {
      throw new Failure('invalid-input', { field: 'address' })
    }
    await diagnosis.ask()
    expect(now()).toMatchObject({ diagnosis: null, failure: { code: 'invalid-input' } })
  })

  it('ends when the panel is left or asks something else, and a late answer is dropped', async () => {
    diagnosis.start()
    diagnosis.type('acme/shop')
    await diagnosis.ask()
    diagnosis.cancel()
    expect(cancelled).toBe(1)
    let late: (value: Diagnosis) => void = () => undefined
    answer = () =>
      new Promise((resolve) => {
        late = resolve
      })
    const asking = diagnosis.ask()
    diagnosis.open('', null)
    await expect.poll(() => asked.length).toBe(2)
    late(state('two'))
    await asking
    expect(now()).toEqual({ address: '', accountId: null, diagnosis: null, failure: null })
  })
})
