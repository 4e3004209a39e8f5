import { translate } from '../../language'
import { german } from './words.de'

/** Words of the notices. */
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
    'deep-link-ignored': {
      title: 'A link from outside was ignored',
      text: 'It did not belong to a sign-in started here. If that was not you, there is nothing to do.',
    },
  },
  dismiss: 'Dismiss',
} as const

export const words = translate(english, german)
