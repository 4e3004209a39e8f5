/**
 * The one thing that a failure asks for. The screen that shows it says what happens; those that lead elsewhere in the
 * app work everywhere by themselves.
 */
export const failureActions = {
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
  'show-key': 'Show key',
  'show-certificate': 'Show certificate',
  'show-host-key': 'Compare host key',
  'open-host-keys': 'Host keys',
  'open-page': 'Open page',
  'edit-app': 'Change the app',
  'show-log': 'Show log',
  'deploy-again': 'Deploy again',
  'check-server': 'Check the server',
  'install-receiver': 'Install webhook',
  'repair-webhook': 'Repair webhook',
} as const

export type FailureAction = keyof typeof failureActions
