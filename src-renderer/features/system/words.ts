import { translate } from '../../language'
import { german } from './words.de'

/** Words of the notices, and of the demo. */
export const english = {
  notices: {
    'settings-restored': {
      title: 'Your settings were restored',
      text: 'Their file could not be read. The last good copy is back; the broken file was set aside.',
    },
    'vault-restored': {
      title: 'Your stored secrets were restored',
      text: 'Their file could not be read. The last good copy is back. An account that was renewed since may ask to reconnect.',
    },
    'vault-rolled-back': {
      title: 'Your stored secrets come from an older file',
      text: 'Someone or a backup restored it. If it wasn’t you, check who can access this computer, and reconnect your accounts.',
      action: 'Show accounts',
    },
    'deep-link-ignored': {
      title: 'A link from outside was ignored',
      text: 'It did not belong to a sign-in started here. If that was not you, there is nothing to do.',
    },
  },
  dismiss: 'Dismiss',
  noAccount: 'No account at hand?',
  playDemo: 'Play the demo',
  demoAbout: 'in a window of its own, against a git host on this computer. It touches nothing of yours.',
  demoPlaying: 'The demo is playing in a window of its own. Close that window to end it.',
} as const

export const words = translate(english, german)
