import { useStore } from 'zustand'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { firstRows } from '../../first-rows'
import { location } from '../../location'
import { everything, narrowing } from './question'
import { createRepositoryList, type RepositoryList, type RepositoryListActions } from './repository-list'

/**
 * The browser's list. It keeps its search, filters and selection while people are elsewhere, and its filters and order
 * until the next start.
 */
export const repositoryList = createRepositoryList(api.repositories, { ...everything, ...narrowing.read() }, firstRows)
repositoryList.subscribe(({ question: { filters, sort } }, { question: before }) => {
  // Not on every key of a search.
  if (filters !== before.filters || sort !== before.sort) narrowing.write({ filters, sort })
})

/** A part of it, for a component. */
export const useRepositories = <T>(select: (state: RepositoryList & RepositoryListActions) => T): T =>
  useStore(repositoryList, select)

/** Milliseconds between two fetches of the rows in view while a listing streams in. */
const interval = 250

/**
 * Renews the rows in view when main announces a change, at a bounded pace, and the last change is never missed. The first
 * rows of an empty list do not wait.
 */
export const startRepositories = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null
  let again = false
  const renew = (urgent = false) => {
    if (timer !== null && !urgent) {
      again = true
      return
    }
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      if (again) {
        again = false
        renew()
      }
    }, interval)
    repositoryList.getState().renew().catch(reportFailure)
  }
  const stop = api.on('repositories.changed', ({ listings }) => {
    const { known } = repositoryList.getState()
    renew(known === 0 && listings.some(({ count }) => count > 0))
  })
  // The window starts with the list: it is asked for while the screen is still being made.
  if (location.current().path === '/repositories') repositoryList.getState().begin().catch(reportFailure)
  return () => {
    stop()
    if (timer !== null) clearTimeout(timer)
  }
}
