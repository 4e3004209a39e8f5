import type { contract } from '../../../src-preload/contract'
import type { Handlers } from '../../../src-preload/contract/method'
import type { SystemInfo } from '../../../src-preload/contract/system'
import type { Notices } from './notices'

/** What the system feature needs from this computer. */
export interface SystemParts {
  readonly info: () => Promise<SystemInfo>
  readonly copy: (text: string) => Promise<void>
  readonly openPage: (url: string) => Promise<void>
  readonly deepLinks: {
    isOurs(): Promise<boolean>
    claim(): Promise<void>
    owner(): Promise<string | null>
    test(): Promise<number | null>
  }
  readonly wishedPlace: () => string | null
  readonly clipboardOffer: () => Promise<{ readonly name: string; readonly to: string } | null>
  readonly notices: Notices
  readonly playDemo: () => Promise<void>
  readonly screenShown: () => void
  readonly hasTray: () => Promise<boolean>
  readonly diagnostics: () => Promise<string>
}

export const createSystemHandlers = (parts: SystemParts): Handlers<(typeof contract)['system']> => ({
  info: () => parts.info(),
  copy: async ({ text }) => {
    await parts.copy(text)
    return undefined
  },
  openPage: async ({ url }) => {
    await parts.openPage(url)
    return undefined
  },
  wishedPlace: async () => parts.wishedPlace(),
  clipboardOffer: () => parts.clipboardOffer(),
  copyDiagnostics: async () => {
    const report = await parts.diagnostics()
    await parts.copy(report)
    return report
  },
  hasTray: () => parts.hasTray(),
  screenShown: async () => {
    parts.screenShown()
    return undefined
  },
  playDemo: async () => {
    await parts.playDemo()
    return undefined
  },
  notices: async () => [...parts.notices.list()],
  dismissNotice: async ({ id }) => {
    parts.notices.dismiss(id)
    return undefined
  },
  ownsDeepLinks: () => parts.deepLinks.isOurs(),
  claimDeepLinks: async () => {
    await parts.deepLinks.claim()
    return parts.deepLinks.isOurs()
  },
  testDeepLinks: async () => {
    const [milliseconds, owner] = await Promise.all([parts.deepLinks.test(), parts.deepLinks.owner()])
    return { milliseconds, owner }
  },
})
