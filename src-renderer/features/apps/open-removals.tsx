import { useState } from 'react'
import type { Removal } from '../../../src-preload/contract/entities/removal'
import { reportFailure } from '../../failures/report-failure'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { Dialog, DialogButtons } from '../../ui/dialog'
import style from './removal.module.css'
import { openSteps, RemovalView } from './removal-view'
import { apps, useApps } from './use-apps'
import { words } from './words'

/** Removals of apps, or of servers, that are not finished yet, above their list, until a person puts them away. */
export const OpenRemovals = ({ kind }: { readonly kind: Removal['kind'] }) => {
  const all = useApps((state) => state.removals)
  const [shown, setShown] = useState<Removal | null>(null)
  const removals = all.filter((removal) => removal.kind === kind && openSteps(removal).length > 0)
  if (removals.length === 0) return null
  return (
    <div className={style.open}>
      {removals.map((removal) => (
        <Banner
          key={removal.id}
          tone="warn"
          title={words.removal.openTitle(removal.name)}
          actions={
            <>
              <Button small onClick={() => setShown(removal)}>
                {words.removal.show}
              </Button>
              <Button small look="quiet" onClick={() => void apps.dismissRemoval(removal.id).catch(reportFailure)}>
                {words.removal.dismiss}
              </Button>
            </>
          }
        >
          {words.removal.open(openSteps(removal).length)}
        </Banner>
      ))}
      <Dialog
        open={shown !== null}
        title={shown === null ? '' : words.removal.openTitle(shown.name)}
        size={520}
        onClose={() => setShown(null)}
      >
        {shown !== null && <RemovalView removal={shown} />}
        <DialogButtons>
          <Button look="primary" onClick={() => setShown(null)} data-autofocus>
            {words.close}
          </Button>
        </DialogButtons>
      </Dialog>
    </div>
  )
}
