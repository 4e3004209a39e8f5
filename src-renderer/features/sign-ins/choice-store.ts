import { createStore } from 'zustand'
import type { Api } from '../../../src-preload/contract'
import type { Account } from '../../../src-preload/contract/entities/account'
import type { Detected, ProviderCard, SignInOptions } from '../../../src-preload/contract/entities/provider'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'

/** What has been chosen in the wizard's first moment. It stays when the wizard is left, so that it can be re-entered. */
export interface ChoiceState {
  readonly provider: string | null
  /** As it stands in the field. */
  readonly host: string
  /** What the typed address turned out to be; null until known, or when nothing was typed. */
  readonly detected: Detected | null
  readonly detecting: boolean
  /** Ways in at this provider and host; null until known. */
  readonly options: SignInOptions | null
  readonly failure: FailureData | null
  /** The account that is being reconnected, whose provider and host are fixed. */
  readonly account: Account | null
  /** The account to be reconnected is being looked up. */
  readonly finding: boolean
  /** Whether the token form is unfolded by choice. */
  readonly tokenOpen: boolean
  /** Signing in again because deploys need more than reading. */
  readonly deploys: boolean
}

const nothing: ChoiceState = {
  provider: null,
  host: '',
  detected: null,
  detecting: false,
  options: null,
  failure: null,
  account: null,
  finding: false,
  tokenOpen: false,
  deploys: false,
}

/** Milliseconds without a keystroke after which an address counts as typed. */
export const typingPause = 350

/** Whether it could be an address already: a name with a dot, a port, a path, or this computer. */
export const looksLikeAddress = (text: string): boolean =>
  /^(?:[a-z+]+:\/\/|[^@\s]+@)?(?:[^\s/:]+\.[^\s/:.]{2,}|localhost|\[[\da-f:.]+\]|\d+\.\d+\.\d+\.\d+)(?:[:/]\S*)?$/i.test(
    text.trim(),
  )

/** The address to use: as detected when that was for this text, else with a scheme put before it. */
export const hostOf = ({ host, detected }: Pick<ChoiceState, 'host' | 'detected'>): string => {
  if (detected !== null) return detected.host
  const text = host.trim().replace(/\/+$/, '')
  // `git@host:path` is read as it is.
  return /^(?:[a-z+]+:\/\/|[^\s@/:]+@)/i.test(text) ? text : `https://${text}`
}

/** Choosing a provider and a host, with detection of pasted addresses. Late answers are dropped. */
export const createChoiceStore = (api: Pick<Api, 'signIns' | 'accounts'>) => {
  const store = createStore<ChoiceState>(() => nothing)
  const set = store.setState
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Starts a new question; answers to older ones no longer count. */
  const next = () => {
    clearTimeout(timer)
    turn += 1
    const mine = turn
    return () => mine === turn
  }

  const loadOptions = async (current: () => boolean) => {
    const { provider } = store.getState()
    if (provider === null) return
    try {
      const { deploys } = store.getState()
      const options = await api.signIns.options({ provider, host: hostOf(store.getState()), deploys })
      if (current()) set({ options })
    } catch (error) {
      if (current()) set({ failure: toFailure(error) })
    }
  }

  const detect = async (current: () => boolean) => {
    set({ detecting: true })
    try {
      const detected = await api.signIns.detect({ address: store.getState().host.trim() })
      if (!current()) return
      set(({ provider }) => ({ detected, provider: provider ?? detected.provider }))
    } catch (error) {
      if (current()) set({ failure: toFailure(error) })
    } finally {
      if (current()) set({ detecting: false })
    }
    if (current()) await loadOptions(current)
  }

  return {
    store,
    reset: () => {
      next()
      set(nothing)
    },
    /** Makes sure that the wizard has a provider to go back to, e.g. after a sign-in that was re-entered has failed. */
    resume: (card: ProviderCard | undefined, host: string, token: boolean) => {
      if (store.getState().provider === null && card !== undefined) {
        const current = next()
        set({ ...nothing, provider: card.id, host })
        void loadOptions(current)
      }
      if (token) set({ tokenOpen: true })
    },
    /** Picks a provider and its first known host, unless an address was typed that suits it. */
    choose: (card: ProviderCard, host?: string) => {
      const current = next()
      const { detected, host: text, provider } = store.getState()
      const typed = detected !== null && (detected.provider === null || detected.provider === card.id)
      // What no question has found out anything about may be right all the same.
      const unknown = detected === null && provider === null && card.selfHosted && looksLikeAddress(text)
      set({
        ...nothing,
        provider: card.id,
        host: host ?? (typed ? detected.host : unknown ? text.trim() : (card.hosts[0]?.host ?? '')),
        detected: typed && host === undefined ? detected : null,
      })
      if (store.getState().host !== '') void loadOptions(current)
    },
    /** Asks again for the ways in: an OAuth app may have been set up meanwhile. */
    reload: () => void loadOptions(next()),
    /** Goes back to the choice of a provider. */
    unchoose: () => {
      next()
      set(nothing)
    },
    /**
     * Takes what is typed; after a pause (`typingPause`), or at once when `settled`, asks what it is.
     * The ways in stay as they were until the new host's are known, so that nothing jumps while one types.
     */
    type: (host: string, settled = false) => {
      const current = next()
      set({ host, detected: null, failure: null, detecting: false })
      if (!looksLikeAddress(host)) return
      timer = setTimeout(() => void detect(current), settled ? 0 : typingPause)
    },
    /** Asks once more what the typed address is; for a fixed or picked one, which ways in it has. */
    detectAgain: () => {
      const current = next()
      const { host, account } = store.getState()
      set({ failure: null })
      void (account === null && looksLikeAddress(host) ? detect(current) : loadOptions(current))
    },
    openToken: (tokenOpen: boolean) => set({ tokenOpen }),
    /** Fixes provider and host to those of an account that is signed in again. */
    reconnect: async (accountId: string, withToken: boolean, deploys = false) => {
      const current = next()
      set({ ...nothing, finding: true })
      try {
        const account = (await api.accounts.list()).find((one) => one.id === accountId)
        if (!current()) return
        if (account === undefined) return set({ finding: false })
        set({
          finding: false,
          account,
          provider: account.provider,
          host: account.host,
          tokenOpen: withToken || account.kind === 'token',
          deploys,
        })
        await loadOptions(current)
      } catch (error) {
        if (current()) set({ finding: false, failure: toFailure(error) })
      }
    },
  }
}
