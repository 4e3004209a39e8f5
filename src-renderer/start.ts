import './theme/mantine.css'
import './theme/tokens.css'
import './theme/base.css'
import { drawFirstNames } from './features/repositories/first-picture'

// The frame of the window is painted first. Its scripts are fetched meanwhile (see electron.vite.config.ts), and run then.
drawFirstNames(document.querySelector('.start'))
requestAnimationFrame(() => setTimeout(() => void import('./main')))
