import type { App } from '../../../src-preload/contract/entities/app'
import { navigate } from '../../location'
import { appPlace, editPlace } from './app-places'
import type { NextAction } from './app-view'
import { apps } from './use-apps'

/** Does it: here, or by going where it is done. */
export const runAction = (action: NextAction, app: App): void => {
  switch (action) {
    case 'deploy':
      void apps.deploy(app.id).then((deploy) => deploy !== null && navigate(appPlace(app.id)))
      break
    case 'show-log':
      navigate(appPlace(app.id))
      break
    case 'refresh':
      void apps.refresh()
      break
    case 'edit':
      navigate(editPlace(app.id))
      break
    case 'webhook':
      navigate(appPlace(app.id, 'webhook'))
      break
    case 'key':
      navigate(appPlace(app.id, 'about'))
      break
    case 'account':
      navigate('/accounts')
      break
    case 'server':
      navigate(`/servers/${encodeURIComponent(app.serverId)}`)
      break
  }
}
