import { describe, expect, it } from 'vitest'
import { createAnnouncer } from '../../../e2e/preview/announcer'
import { removal } from '../../../e2e/preview/app-data'
import { servers as sample, server } from '../../../e2e/preview/server-data'
import type { Api } from '../../../src-preload/contract'
import type { Server } from '../../../src-preload/contract/entities/server'
import { Failure } from '../../../src-preload/contract/outcome'
import { createServersStore } from './servers-store'

const unasked = async (): Promise<never> => {
  throw new Failure('unexpected')
}

const started = (answers: Partial<Api['servers']> = {}) => {
  const { on, announce } = createAnnouncer()
  const servers: Api['servers'] = {
    list: async () => sample,
    add: unasked,
    edit: unasked,
    installKey: unasked,
    confirmHostKey: unasked,
    check: unasked,
    checkAll: async () => undefined,
    installReceiver: unasked,
    setReceiver: unasked,
    startReceiver: unasked,
    remnants: unasked,
    remove: unasked,
    ...answers,
  }
  const store = createServersStore({ servers, on })
  store.start()
  return { ...store, announce, state: store.store.getState }
}

describe('the list of servers', () => {
  it('is what main announces, step by step', async () => {
    let end: (server: Server) => void = () => undefined
    const { state, announce, check } = started({
      check: () =>
        new Promise((resolve) => {
          end = resolve
        }),
    })
    await expect.poll(() => state().servers?.length).toBe(sample.length)
    const checking = check('sv1')
    expect(state().busy.has('sv1')).toBe(true)
    announce('servers.changed', [server({ id: 'sv1', state: 'checking' })])
    expect(state().servers?.[0]?.state).toBe('checking')
    announce('servers.changed', [server({ id: 'sv1', state: 'ready' })])
    // The answer was made before that announcement.
    end(server({ id: 'sv1', state: 'checking' }))
    await checking
    expect(state().servers?.[0]?.state).toBe('ready')
    expect(state().busy.size).toBe(0)
  })

  it('shows a new server at once', async () => {
    const { state, add } = started({ add: async ({ name }) => server({ id: 'new', name }) })
    await expect.poll(() => state().servers?.length).toBe(sample.length)
    await add({ name: 'Third', host: 'h', user: 'u' })
    expect(state().servers?.at(-1)?.name).toBe('Third')
  })

  it('leaves the failure of a form to the form', async () => {
    const { state, installKey } = started({
      installKey: async () => {
        throw new Failure('access-denied')
      },
    })
    await expect(installKey('sv5', 'wrong')).rejects.toMatchObject({ code: 'access-denied' })
    expect(state().failures).toEqual({})
  })

  it('keeps the failure of an action with its server', async () => {
    const { state, check } = started({
      check: async () => {
        throw new Failure('host-key-changed')
      },
    })
    await check('sv1')
    expect(state().failures.sv1?.code).toBe('host-key-changed')
  })

  it('drops a removed server', async () => {
    const { state, remove } = started({ remove: async () => removal })
    await expect.poll(() => state().servers?.length).toBe(sample.length)
    await remove('sv4', true)
    expect(state().servers?.some(({ id }) => id === 'sv4')).toBe(false)
  })
})
