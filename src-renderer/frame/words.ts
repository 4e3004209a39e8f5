/** Words of the frame around every screen. */
export const words = {
  navigation: 'Main',
  settings: 'Settings',
  path: 'Where you are',
  general: 'General settings',
  about: 'About CloudAIPilot',
  accounts: 'Git Accounts',
  search: 'Search',
} as const
