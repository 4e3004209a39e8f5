import { useState } from 'react'
import type { App } from '../../../src-preload/contract/entities/app'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { Tick } from '../../ui/labelled'
import { useServer } from '../servers/use-servers'
import { factsOf } from './app-view'
import style from './apps.module.css'
import { RemovalView } from './removal-view'
import { apps } from './use-apps'
import { words } from './words'

const Goes = ({ app }: { readonly app: App }) => (
  <div className={style.breaks}>
    <p>{words.removing.goes}</p>
    <ul>
      {app.trigger.live === 'webhook' && <li>{words.removing.webhook(app.source.path)}</li>}
      {app.serverKey !== null && (
        <li>{app.serverKey.placed === 'provider' ? words.removing.key(app.source.path) : words.removing.byHandKey}</li>
      )}
      {app.variables.length > 0 && <li>{words.removing.variables(app.variables.length)}</li>}
      <li>{words.removing.history}</li>
    </ul>
  </div>
)

/** Says what goes with an app, takes it away, and shows what came of it. */
export const RemoveApp = (props: {
  readonly app: App
  readonly removal: Removal | null
  readonly onRemoved: (removal: Removal) => void
  readonly onClose: () => void
}) => {
  const { app, removal, onClose } = props
  const server = useServer(app.serverId)
  const [clean, setClean] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)

  const remove = async () => {
    setBusy(true)
    setFailure(null)
    try {
      props.onRemoved(await apps.remove(app.id, clean))
    } catch (error) {
      const failed = toFailure(error)
      // Refused in main’s own dialog: nothing happened.
      if (failed.code !== 'cancelled') setFailure(failed)
      setBusy(false)
    }
  }
  if (removal !== null) {
    return (
      <>
        <RemovalView removal={removal} />
        <DialogButtons>
          <Button look="primary" onClick={onClose} data-autofocus>
            {words.done}
          </Button>
        </DialogButtons>
      </>
    )
  }
  return (
    <div className={style.fields}>
      <p className={style.quiet}>{words.removing.text(server?.name ?? words.goneServer)}</p>
      <Goes app={app} />
      <Tick label={words.removing.clean} about={words.removing.cleanAbout(app.folder)} on={clean} onChange={setClean} />
      {failure !== null && (
        <FailureCard failure={failure} facts={factsOf(app)} handlers={{ retry: () => void remove() }} />
      )}
      <DialogButtons>
        <Button onClick={onClose} data-autofocus>
          {words.cancel}
        </Button>
        <Button look="danger" busy={busy} onClick={() => void remove()}>
          {words.removing.verb}
        </Button>
      </DialogButtons>
    </div>
  )
}
