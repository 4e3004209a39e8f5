import type { RepositoryOffer } from '../features/quick/repository-offer'
import { sshProvider } from '../features/ssh-keys/ssh-features'
import type { Features } from '../shell-parts'
import { connectedNotice, type Notice } from './notifications'
import { createTray, type TrayIcon } from './tray'
import type { TrayAction, TrayFacts } from './tray-menu'
import type { ShellWords } from './words'

/** What the tray works with. */
export interface TrayDeskParts {
  /** Holds the icons. */
  readonly folder: string
  readonly features: Features
  readonly words: () => ShellWords
  readonly copied: () => Promise<string>
  readonly copy: (text: string) => void
  readonly show: () => void
  /** Opens the window at a place. */
  readonly go: (to: string) => void
  readonly tell: (notice: Notice) => void
  readonly quit: () => void
}

/** The tray: what it shows is read from the features, what is clicked is done by them, with the window only where it is needed. */
export interface TrayDesk {
  start(): void
  update(): void
  /** A sign-in that began here is under way. */
  signingIn(): boolean
  destroy(): void
}

/** @see TrayDesk */
export const createTrayDesk = (parts: TrayDeskParts): TrayDesk => {
  const { features, words, go } = parts
  const { quick } = features
  let tray: TrayIcon | null = null
  let began = false
  let offer: RepositoryOffer | null = null

  const facts = (): TrayFacts => {
    const providers = features.providers()
    const titleOf = (id: string) => providers.find((provider) => provider.id === id)?.title ?? id
    return {
      now: Date.now(),
      accounts: features.accounts(),
      providers: providers.map(({ id, title }) => ({ id, title: id === sshProvider ? words().tray.anyHost : title })),
      signIns: quick.signIns().map((signIn) => ({ ...signIn, title: titleOf(signIn.provider) })),
      repositories: features.recent(),
      apps: features.apps(),
      keys: features.keys(),
      clipboard: offer,
      words: words().tray,
    }
  }

  /** Waits for a deed, and opens the window where it goes on there. */
  const follow = async (deed: Promise<string | null>): Promise<boolean> => {
    const place = await deed
    if (place !== null) go(place)
    return place === null
  }
  const signIn = async (deed: Promise<string | null>) => {
    began = true
    if (!(await follow(deed))) began = false
  }

  const run = (action: TrayAction): void => {
    switch (action.do) {
      case 'go':
        if (action.to === '') parts.show()
        else go(action.to)
        break
      case 'connect':
        void signIn(quick.connect(action))
        break
      case 'fix':
        void signIn(quick.fix(action.accountId))
        break
      case 'deploy':
        void follow(quick.deploy(action.appId))
        break
      case 'copy-key':
        parts.copy(features.publicKey(action.keyId))
        break
      case 'check-all':
        features.checkAll()
        break
      case 'quit':
        parts.quit()
        break
    }
  }

  features.onSignIn((signIn) => {
    if (!began || signIn === null) return
    if (signIn.phase === 'connected') {
      began = false
      parts.tell(connectedNotice(signIn.login ?? '', signIn.accountId ?? '', words().notices))
    } else if (signIn.phase === 'failed' || signIn.phase === 'different-person') {
      began = false
      go('/accounts/connect')
    } else if (signIn.phase === 'cancelled') began = false
  })

  return {
    start: () => {
      tray ??= createTray({
        folder: parts.folder,
        facts,
        opening: async () => {
          offer = quick.clipboard(await parts.copied())
        },
        run,
      })
    },
    update: () => tray?.update(),
    signingIn: () => began,
    destroy: () => tray?.destroy(),
  }
}
