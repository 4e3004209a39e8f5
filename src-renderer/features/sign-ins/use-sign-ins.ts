import { useStore } from 'zustand'
import { api } from '../../api'
import { type ChoiceState, createChoiceStore } from './choice-store'
import { createSignInStore, type SignInState } from './sign-in-store'

/** The sign-in of this window. */
export const signIns = createSignInStore(api)
/** What has been chosen in its wizard. */
export const choice = createChoiceStore(api)

export const useSignIn = <T>(select: (state: SignInState) => T): T => useStore(signIns.store, select)
export const useChoice = <T>(select: (state: ChoiceState) => T): T => useStore(choice.store, select)
