import { useEffect, useState } from 'react'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import type { Server } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { Tick } from '../../ui/labelled'
import { SkeletonRows } from '../../ui/skeleton'
import { RemovalView } from '../apps/removal-view'
import { apps, useApps } from '../apps/use-apps'
import { RemnantList, useRemnants } from './remnants'
import style from './servers.module.css'
import { servers } from './use-servers'
import { words } from './words'

const shown = 5
/** Rows that the place for what is left holds without scrolling. */
const remnantRows = 5

/** Says which apps stand in the way: a server goes after them. */
const InUse = ({ server }: { readonly server: Server }) => {
  const list = useApps((state) => state.apps) ?? []
  const names = server.apps.map((id) => list.find((app) => app.id === id)?.name ?? id)
  return (
    <div className={style.breaks}>
      <p>{words.removing.inUse(names.length)}</p>
      <ul>
        {names.slice(0, shown).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {names.length > shown && <li>{words.removing.moreApps(names.length - shown)}</li>}
      </ul>
      <p>{words.removing.inUseFix}</p>
    </div>
  )
}

const Ask = (props: {
  readonly server: Server
  readonly onRemoved: (removal: Removal) => void
  readonly onClose: () => void
}) => {
  const { server } = props
  const [clean, setClean] = useState(true)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const left = useRemnants(server.id)
  const { look } = left
  useEffect(() => {
    void look()
  }, [look])
  const remove = async () => {
    setBusy(true)
    setFailure(null)
    try {
      props.onRemoved(await servers.remove(server.id, clean))
      void apps.loadRemovals()
    } catch (error) {
      const failed = toFailure(error)
      // Refused in main’s own dialog: nothing happened.
      if (failed.code !== 'cancelled') setFailure(failed)
      setBusy(false)
    }
  }
  return (
    <div className={style.fields}>
      <p className={style.quiet}>{words.removing.text}</p>
      <Tick label={words.removing.clean} about={words.removing.cleanAbout} on={clean} onChange={setClean} />
      {clean && (
        <div className={style['remnants-place']}>
          {left.busy && <SkeletonRows rows={remnantRows} height={36} />}
          {!left.busy && left.remnants !== null && <RemnantList remnants={left.remnants} />}
          {left.failure !== null && (
            <FailureCard
              failure={left.failure}
              facts={{ host: server.host }}
              handlers={{ retry: () => void look(), 'check-server': () => void look() }}
            />
          )}
        </div>
      )}
      {failure !== null && (
        <FailureCard failure={failure} facts={{ host: server.host }} handlers={{ retry: () => void remove() }} />
      )}
      <DialogButtons>
        <Button onClick={props.onClose} data-autofocus>
          {words.cancel}
        </Button>
        <Button look="danger" busy={busy} onClick={() => void remove()}>
          {words.removing.verb}
        </Button>
      </DialogButtons>
    </div>
  )
}

/** Takes a server out of the list, with what the app left there if that is wanted, and shows what came of it. */
export const RemoveServer = (props: {
  readonly server: Server
  readonly removal: Removal | null
  readonly onRemoved: (removal: Removal) => void
  readonly onClose: () => void
}) => {
  const { server, removal, onClose } = props
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
  if (server.apps.length > 0) {
    return (
      <>
        <InUse server={server} />
        <DialogButtons>
          <Button onClick={onClose} data-autofocus>
            {words.done}
          </Button>
        </DialogButtons>
      </>
    )
  }
  return <Ask server={server} onRemoved={props.onRemoved} onClose={onClose} />
}
