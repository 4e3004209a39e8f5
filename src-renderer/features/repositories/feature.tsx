import { FolderGit2 } from 'lucide-react'
import type { Feature } from '../../route'
import { RepositoriesPage } from './repositories-page'
import { repositoryList, startRepositories } from './use-repositories'
import { words } from './words'

/** Repositories: everything that the accounts can see. */
export const repositoriesFeature: Feature = {
  name: 'repositories',
  routes: [
    {
      path: '/repositories',
      crumbs: words.crumbs,
      // One of the two screens that a start begins with: it comes with the window.
      page: RepositoriesPage,
    },
  ],
  sidebar: [
    { label: words.title, to: '/repositories', icon: <FolderGit2 size={16} aria-hidden />, group: 'top', order: 2 },
  ],
  shows: (path) => path === '/repositories' && repositoryList.getState().answered,
  start: startRepositories,
}
