import './theme/mantine.css'
import './theme/tokens.css'
import './theme/base.css'

// The frame of the window is painted first. Its scripts are fetched meanwhile (see electron.vite.config.ts), and run then.
requestAnimationFrame(() => setTimeout(() => void import('./main')))
