import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { SignIn } from '../../../src-preload/contract/entities/sign-in'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

/** The sign-in under way, and what the wizard shows of it. */
export interface SignInState {
  readonly signIn: SignIn | null
  /** A finished sign-in that the person has put away. */
  readonly dismissed: string | null
  /** The account that came of it, once it is connected. */
  readonly account: Account | null
  /** A call that the person waits for. */
  readonly busy: boolean
  /** What went wrong with the last call; the sign-in's own end is in `signIn.failure`. */
  readonly failure: FailureData | null
}

/** What goes with a token that is typed in. It is handed over once and not kept here. */
export interface TokenForm {
  readonly provider: string
  readonly host: string
  readonly token: string
  readonly username: string
  readonly reconnects: string | null
}

type SignInApi = Pick<Api, 'signIns' | 'accounts' | 'on'>

/** Main keeps the sign-in; this store mirrors it and passes on what the person does. */
export const createSignInStore = (api: SignInApi) => {
  const store = createStore<SignInState>(() => ({
    signIn: null,
    dismissed: null,
    account: null,
    busy: false,
    failure: null,
  }))
  const set = store.setState
  const { signIns } = api
  let announced = 0

  const follow = (signIn: SignIn | null) => {
    const before = store.getState().account
    set({ signIn, account: before?.id === signIn?.accountId ? before : null })
    if (signIn?.phase === 'connected' && signIn.accountId !== null && before?.id !== signIn.accountId) {
      void findAccount(signIn.accountId)
    }
  }

  const findAccount = async (id: string) => {
    try {
      const account = (await api.accounts.list()).find((one) => one.id === id) ?? null
      if (store.getState().signIn?.accountId === id) set({ account })
    } catch {
      // The sign-in itself says who and how many; the account only adds what it may see.
    }
  }

  /** Runs a call; a sign-in that it returns is the newest there is. */
  const act = async (call: () => Promise<SignIn | undefined>): Promise<boolean> => {
    set({ busy: true, failure: null })
    try {
      const signIn = await call()
      if (signIn !== undefined) follow(signIn)
      return true
    } catch (error) {
      set({ failure: toFailure(error) })
      return false
    } finally {
      set({ busy: false })
    }
  }

  const withId = (call: (id: string) => Promise<SignIn | undefined>) => {
    const id = store.getState().signIn?.id
    return id === undefined ? Promise.resolve(false) : act(() => call(id))
  }

  const dismiss = () => {
    const { signIn } = store.getState()
    set({ dismissed: signIn?.id ?? null, failure: null })
    // Main keeps what is over until it is put away, for a window that opens meanwhile. It forgets it anyway at the next.
    if (signIn !== null && isOver(signIn)) void signIns.cancel({ id: signIn.id }).catch(() => undefined)
  }

  return {
    store,
    start: () => {
      const stop = api.on('sign-ins.changed', (signIn) => {
        announced += 1
        follow(signIn)
      })
      const before = announced
      void act(async () => {
        const current = await signIns.current()
        return before === announced && current !== null ? current : undefined
      })
      return stop
    },
    begin: (form: Parameters<typeof signIns.start>[0]) => act(() => signIns.start(form)),
    connectWithToken: (form: TokenForm) => act(() => signIns.connectWithToken(form)),
    reopen: () => withId((id) => signIns.reopen({ id })),
    changeRoad: (road: 'deep-link' | 'loopback' | 'paste' | 'device') =>
      withId((id) => signIns.changeRoad({ id, road })),
    pasteBack: (address: string) => withId((id) => signIns.pasteBack({ id, address })),
    keepAsNew: () => withId((id) => signIns.keepAsNew({ id })),
    cancel: async () => {
      const { signIn } = store.getState()
      dismiss()
      if (signIn !== null && !isOver(signIn)) await act(() => signIns.cancel({ id: signIn.id }))
    },
    /** Puts a finished sign-in away, so that the wizard starts afresh. */
    dismiss,
    forgetFailure: () => set({ failure: null }),
  }
}

/** Whether nothing more will happen to it by itself. */
export const isOver = (signIn: SignIn): boolean =>
  signIn.phase === 'connected' || signIn.phase === 'failed' || signIn.phase === 'cancelled'

/** The sign-in that the wizard and the bar have to show; null when there is none. */
export const shownSignIn = ({ signIn, dismissed }: SignInState): SignIn | null =>
  signIn === null || signIn.id === dismissed || signIn.phase === 'cancelled' ? null : signIn
