import { driveApp } from './in-window.mjs'
import { main } from './main.mjs'

/** Shows the app at work against a git provider of our own; `--keep` leaves its window open where there is a display. */
await main(() => driveApp('demo', 'e2e/demo.ts', 'any'))
