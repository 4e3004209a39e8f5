import { scryptSync } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { DeriveTask } from './derive-key'

// The thread that derives one key and ends. It is told what to derive by its data and answers once.
const { text, salt, options } = workerData as DeriveTask
parentPort?.postMessage(scryptSync(text, salt, 32, options).toString('base64'))
