import type { ShowQuestion } from '../src-preload/consent-question'
import type { contract } from '../src-preload/contract'
import type { Account } from '../src-preload/contract/entities/account'
import type { App } from '../src-preload/contract/entities/app'
import type { Repository } from '../src-preload/contract/entities/repository'
import type { Settings } from '../src-preload/contract/entities/settings'
import type { SignIn } from '../src-preload/contract/entities/sign-in'
import type { Language } from '../src-preload/contract/language'
import type { SystemInfo } from '../src-preload/contract/system'
import type { Clock } from './clock'
import type { Consent, HandlersOf } from './consented'
import type { StartKeychainProcess } from './credentials/key-holders/keychain-client'
import type { SafeStoragePort } from './credentials/key-holders/safe-storage'
import type { SignInLink } from './deep-link/parse'
import type { Quick } from './features/quick/quick'
import type { Notices } from './features/system/notices'
import type { Announce } from './ipc/announce'
import type { Log } from './log/log'
import type { Stores } from './open-stores'
import type { Dialogs } from './shell/dialogs'
import type { Steps } from './shell/quit'
import type { SchemeOwner } from './shell/scheme-owner'
import type { Answer } from './terminal/answer'

/** What the features need from the shell. */
export interface ShellParts {
  /** The app's own folder. */
  readonly folder: string
  /** Folder of the built `main` bundle and its neighbours. */
  readonly root: string
  readonly stores: Stores
  /** What the environment said about OAuth apps before it was taken out of there. */
  readonly oauthVariables: Record<string, string>
  readonly log: Log
  readonly announce: Announce
  readonly clock: Clock
  readonly resources: { readonly knownHosts: string; readonly providers: unknown }
  readonly safeStorage: SafeStoragePort
  readonly startKeychain: StartKeychainProcess
  readonly version: string
  readonly machine: string
  readonly proxyFor: (url: string) => Promise<string | null>
  readonly openPage: (url: string) => Promise<void>
  readonly copy: (text: string) => Promise<void>
  /** Copies a secret, which leaves the clipboard again after a minute. Resolves to words that say so. */
  readonly copySecret: (text: string) => Promise<string>
  /** Text on the clipboard. It is read only when somebody opens the tray's menu or the palette. */
  readonly copied: () => Promise<string>
  readonly dialogs: Dialogs
  /** Asks in a dialog that no page of the window reaches. */
  readonly showQuestion: ShowQuestion
  readonly language: () => Language
  readonly schemeOwner: SchemeOwner
  readonly testDeepLinks: () => Promise<number | null>
  /** Shows the window, on the sign-in that has come back from the browser. */
  readonly showSignIn: () => void
  readonly wishedPlace: () => string | null
  readonly systemInfo: (git: () => Promise<string | null>) => Promise<SystemInfo>
  readonly playDemo: () => Promise<void>
  /** The first screen has been painted: what can wait has waited for this. */
  readonly screenShown: () => void
  /** Whether the desktop has a place for tray icons. */
  readonly hasTray: () => Promise<boolean>
  /** What git's configuration is told, so that it asks us for a login. */
  readonly gitHelpers: readonly string[]
  /** The last warnings and errors, without secrets. */
  readonly lastFailures: () => readonly string[]
}

/** The features as the shell uses them. */
export interface Features {
  readonly handlers: HandlersOf<typeof contract>
  /** What the handlers may be asked only after the person has agreed. */
  readonly consent: Consent
  readonly notices: Notices
  readonly quick: Quick
  accounts(): readonly Account[]
  apps(): readonly App[]
  /** The first few repositories by last push. */
  recent(): readonly Repository[]
  /** Accounts, keys, apps or the recent repositories have changed. */
  onChange(listener: () => void): void
  onSettings(listener: (settings: Settings) => void): void
  onSignIn(listener: (signIn: SignIn | null) => void): void
  providers(): readonly { readonly id: string; readonly title: string }[]
  keys(): readonly { readonly id: string; readonly name: string }[]
  publicKey(id: string): string
  checkAll(): void
  /** Answers a command that was typed in the terminal, or git. */
  readonly answerTerminal: Answer
  handleDeepLink(link: SignInLink): Promise<void>
  /** After the first paint: opens the vault, checks the accounts, lists again. */
  start(): void
  wake(): void
  /** What ends what runs, and what waits for the last writes; see `shell/quit.ts`. */
  readonly ends: { readonly work: Steps; readonly writes: Steps }
}
