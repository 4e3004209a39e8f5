/** Words of the command palette. */
export const words = {
  title: 'Commands',
  placeholder: 'Type a command, an account or a repository',
  nothing: 'Nothing fits.',
  open: 'Search',
  repositories: 'Repositories',
  goTo: 'Go to',
} as const
