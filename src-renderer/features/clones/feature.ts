import type { Feature } from '../../route'
import { CloneSheet } from './clone-sheet'
import { startClones } from './use-clones'

/** Test clones: a sheet that lies over any screen. */
export const clonesFeature: Feature = { name: 'clones', bar: CloneSheet, start: startClones }
