import { useCallback, useState } from 'react'
import type { ServerRemnant } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { toFailure } from '../../failures/to-failure'
import { formatBytes } from '../../ui/numbers'
import { useApps } from '../apps/use-apps'
import style from './servers.module.css'
import { servers } from './use-servers'
import { words } from './words'

/** What is left on a server, once it has been asked. */
export const useRemnants = (id: string) => {
  const [remnants, setRemnants] = useState<readonly ServerRemnant[] | null>(null)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [busy, setBusy] = useState(false)
  const look = useCallback(async () => {
    setBusy(true)
    setFailure(null)
    try {
      setRemnants(await servers.remnants(id))
    } catch (error) {
      setFailure(toFailure(error))
    } finally {
      setBusy(false)
    }
  }, [id])
  return { remnants, failure, busy, look }
}

/** Every place on the server that the app wrote to. */
export const RemnantList = ({ remnants }: { readonly remnants: readonly ServerRemnant[] }) => {
  const apps = useApps((state) => state.apps) ?? []
  if (remnants.length === 0) return <p className={style.quiet}>{words.noRemnants}</p>
  return (
    <ul className={style.remnants} aria-label={words.remnantsTitle}>
      {remnants.map((remnant) => {
        const owner = remnant.app === null ? null : (apps.find(({ id }) => id === remnant.app)?.name ?? words.ofNobody)
        return (
          <li key={`${remnant.what} ${remnant.path}`}>
            <span>{words.remnants[remnant.what]}</span>
            <span>
              <code>{remnant.path}</code> {owner !== null && <span className={style.quiet}>{owner}</span>}
            </span>
            <span className={style.quiet}>{remnant.bytes === null ? '' : formatBytes(remnant.bytes)}</span>
          </li>
        )
      })}
    </ul>
  )
}
