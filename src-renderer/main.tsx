import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api } from './api'
import { App } from './app'
import { reportFailure } from './failures/report-failure'
import { lastPath } from './last-path'
import { loadPage, loadTheRest } from './later'
import { location } from './location'
import { providers } from './providers'
import { whenReady } from './ready'
import { matchRoute } from './route'
import { features, routes } from './routes'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const root = document.getElementById('root')

location.store.subscribe(() => {
  const at = matchRoute(routes, location.current())
  if (at !== null && at.route.panel !== true && at.route.passing !== true) lastPath.write(at.place.path)
})

/** Asks main for everything. It runs for as long as the page does; a reload starts with a page of its own. */
const ask = () => {
  providers.start()
  for (const feature of features) feature.start?.()
}

/**
 * The first question makes main read the rest of itself, which takes it a while. So it comes after the code of the first
 * screen, and after its picture where an earlier start has left something to show.
 */
const begin = async () => {
  const place = location.current()
  await loadPage(matchRoute(routes, place)?.route.page)
  if (features.some(({ shows }) => shows?.(place.path))) whenReady(ask)
  else ask()
  if (root === null) return
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} />
    </StrictMode>,
  )
}

whenReady(() => {
  loadTheRest()
  api.system.screenShown().catch(reportFailure)
})
void begin()
