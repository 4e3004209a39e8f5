import type { Feature } from '../../route'
import { NoticeBar } from './notice-bar'
import { system } from './use-system'

/** Facts about this install, notices, and main's wish to show a screen. */
export const systemFeature: Feature = { name: 'system', bar: NoticeBar, start: system.start }
