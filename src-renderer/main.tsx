import './theme/mantine.css'
import './theme/tokens.css'
import './theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { listenForShortcuts } from './frame/shortcuts'
import { loadTheRest } from './later'
import { providers } from './providers'
import { whenReady } from './ready'
import { features } from './routes'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
const root = document.getElementById('root')

// They run for as long as the page does; a reload starts with a page of its own.
listenForShortcuts(window)
providers.start()
for (const feature of features) feature.start?.()

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} />
    </StrictMode>,
  )
}
whenReady(loadTheRest)
