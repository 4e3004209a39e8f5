import { useChoice } from './use-sign-ins'
import { sortWays, type Ways } from './ways'

/** The ways in for what is chosen. */
export const useWays = (): Ways => sortWays(useChoice((state) => state.options))
