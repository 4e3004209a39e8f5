import { driveApp } from './in-window.mjs'
import { main } from './main.mjs'

/** Measures the app against plain tools in the same run; always on a display of its own, for equal conditions. */
await main(() => driveApp('bench', 'e2e/bench/index.ts', 'own'))
