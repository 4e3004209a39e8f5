import type { FoundLogin } from '../../../src-preload/contract/imports'
import { translate } from '../../language'
import { german } from './words.de'

/** Words of taking over logins from other programs. */
export const english = {
  title: 'Import what you already have',
  about:
    'Logins that gh, glab and git keep on this computer. Nothing is looked at before you ask, and nothing taken over but what you choose.',
  look: 'Look for logins',
  none: 'Neither gh nor glab nor git keeps a login here.',
  sources: {
    gh: 'GitHub’s program (gh)',
    glab: 'GitLab’s program (glab)',
    'git-credentials': 'git’s plain file of passwords',
    'git-helper': 'git’s credential helper',
  } satisfies Record<FoundLogin['source'], string>,
  take: 'Connect',
  takeLogin: (login: string, host: string) => `Connect ${login} at ${host}`,
  connected: (login: string) => `Connected as ${login}`,
} as const

export const words = translate(english, german)
