import './theme/mantine.css'
import './theme/tokens.css'
import './theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { loadTheRest } from './later'
import { lastPath, location } from './location'
import { providers } from './providers'
import { whenReady } from './ready'
import { matchRoute } from './route'
import { features, routes } from './routes'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const root = document.getElementById('root')

// They run for as long as the page does; a reload starts with a page of its own.
providers.start()
for (const feature of features) feature.start?.()
location.store.subscribe(() => {
  const at = matchRoute(routes, location.current())
  if (at !== null && at.route.panel !== true && at.route.passing !== true) lastPath.write(at.place.path)
})

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} />
    </StrictMode>,
  )
}
whenReady(loadTheRest)
