import { describe, expect, it } from 'vitest'
import { createAnnouncer } from '../../../e2e/preview/announcer'
import { deploy, history, releases, running } from '../../../e2e/preview/deploy-data'
import type { Deploy, Release } from '../../../src-preload/contract/entities/app'
import { Failure } from '../../../src-preload/contract/outcome'
import { createDeploysStore, shownDeploy } from './deploys-store'

interface Calls {
  readonly history: (before: string | null) => Promise<Deploy[]>
  readonly releases?: () => Promise<Release[]>
}

const started = (calls: Calls, last: Deploy | null = null) => {
  const { on, announce } = createAnnouncer()
  const asked = { releases: 0 }
  const deploys = createDeploysStore(
    {
      on,
      apps: {
        history: ({ before }) => calls.history(before ?? null),
        releases: async () => {
          asked.releases += 1
          return calls.releases?.() ?? releases
        },
      },
    },
    'p1',
    last,
  )
  const stop = deploys.start()
  return { ...deploys, announce, asked, stop, state: deploys.store.getState }
}

describe('the deploys of one app', () => {
  it('shows the newest until a person chooses another', async () => {
    const { state, announce, choose } = started({ history: async () => history })
    await expect.poll(() => state().history?.length).toBe(50)
    expect(shownDeploy(state())?.id).toBe('d0')
    announce('deploys.changed', running)
    expect(shownDeploy(state())?.id).toBe('run')
    choose('d3')
    expect(shownDeploy(state())?.id).toBe('d3')
    announce('deploys.changed', { ...running, id: 'run2', startedAt: Date.now() })
    expect(shownDeploy(state())?.id).toBe('d3')
  })

  it('keeps what was announced while the history was on its way', async () => {
    let answer: (rows: Deploy[]) => void = () => undefined
    const { state, announce } = started({
      history: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    announce('deploys.changed', { ...running, state: 'succeeded' })
    answer([running, ...history.slice(0, 3)])
    await expect.poll(() => state().history?.[0]?.state).toBe('succeeded')
    expect(state().history).toHaveLength(4)
  })

  it('is not touched by other apps', async () => {
    const { state, announce } = started({ history: async () => [] })
    await expect.poll(() => state().history).toEqual([])
    announce('deploys.changed', { ...running, appId: 'p2' })
    expect(state().history).toEqual([])
  })

  it('asks for older rows from the last one on, once at a time', async () => {
    const cursors: (string | null)[] = []
    const last = history.at(-1)
    const { state, older } = started({
      history: async (before) => {
        cursors.push(before)
        return before === null ? history : [deploy({ id: 'old', startedAt: (last?.startedAt ?? 0) - 1 })]
      },
    })
    await expect.poll(() => state().hasOlder).toBe(true)
    await Promise.all([older(), older()])
    expect(cursors).toEqual([null, last?.id])
    expect(state().history?.at(-1)?.id).toBe('old')
    expect(state().hasOlder).toBe(false)
  })

  it('looks at the releases again when a deploy ends, and only then', async () => {
    const { state, announce, asked } = started({ history: async () => [running] })
    await expect.poll(() => state().releases?.length).toBe(3)
    announce('deploys.changed', { ...running, milliseconds: 1 })
    expect(asked.releases).toBe(1)
    announce('deploys.changed', { ...running, state: 'succeeded' })
    announce('deploys.changed', { ...running, state: 'succeeded' })
    expect(asked.releases).toBe(2)
  })

  it('shows the last known deploy and the reason while the server cannot be asked', async () => {
    const { state } = started(
      {
        history: async () => {
          throw new Failure('unreachable', { host: 'shop.acme.dev' })
        },
      },
      deploy({ id: 'last' }),
    )
    await expect.poll(() => state().failure?.code).toBe('unreachable')
    expect(state().history?.map(({ id }) => id)).toEqual(['last'])
  })

  it('hears nothing after it was stopped', async () => {
    const { state, announce, stop } = started({ history: async () => [] })
    await expect.poll(() => state().history).toEqual([])
    stop()
    announce('deploys.changed', running)
    expect(state().history).toEqual([])
  })
})
