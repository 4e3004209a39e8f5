import type { apps } from '../src-preload/contract/apps'
import type { Api as ApiOf } from '../src-preload/contract/method'
import type { servers } from '../src-preload/contract/servers'
import type { webhooks } from '../src-preload/contract/webhooks'
import { api } from './api'

/** The part of the window's client that deploys apps. */
export type DeployApi = ApiOf<{ servers: typeof servers; apps: typeof apps; webhooks: typeof webhooks }>

/** The client of this window, seen as that part. */
export const deployApi = api as unknown as DeployApi
