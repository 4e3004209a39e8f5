import { translate } from '../language'
import { german } from './action-words.de'

/** What the button of a failure says. */
export const english = {
  retry: 'Try again',
  reconnect: 'Reconnect',
  'replace-token': 'Replace token',
  'sign-in-again': 'Start again',
  'manage-access': 'Manage access',
  'other-ways': 'Sign in another way',
  'set-up-oauth-app': 'Set up OAuth app',
  'open-accounts': 'Show accounts',
  'open-vault': 'Open key storage',
  'open-network': 'Network settings',
  'open-git': 'Git settings',
  'choose-branch': 'Choose a branch',
  'choose-folder': 'Choose another folder',
  'edit-address': 'Change the address',
  'use-typed-address': 'Use the address I typed',
  'show-key': 'Show key',
  'make-key': 'Make a key',
  'show-certificate': 'Show certificate',
  'show-host-key': 'Compare host key',
  'open-host-keys': 'Host keys',
  'open-page': 'Open page',
  'allow-check': 'Allow for this app',
  'edit-app': 'Change the app',
  'show-log': 'Show log',
  'deploy-again': 'Deploy again',
  'check-server': 'Check the server',
  'install-receiver': 'Install webhook',
  'repair-webhook': 'Repair webhook',
} as const

export const actionWords = translate(english, german)
