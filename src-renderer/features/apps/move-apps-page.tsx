import { back } from '../../location'
import type { Params } from '../../route'
import { MoveApps } from './move-apps'
import { useApps } from './use-apps'
import { words } from './words'

/** "Move apps", as a panel: all apps of the account in the query. */
export const MoveAppsPage = ({ params }: { readonly params: Params }) => {
  const all = useApps((state) => state.apps)
  const apps = (all ?? []).filter(({ source }) => source.accountId === params.account)
  if (all === null) return null
  return apps.length === 0 ? <p>{words.moving.nothing}</p> : <MoveApps apps={apps} onClose={back} />
}
