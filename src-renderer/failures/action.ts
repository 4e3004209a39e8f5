import { actionWords, type english } from './action-words'

/** What a failure asks for, in words. */
export const failureActions = actionWords

/**
 * The one thing that a failure asks for. The screen that shows it says what happens; those that lead elsewhere in the
 * app work everywhere by themselves.
 */
export type FailureAction = keyof typeof english
