import { useState } from 'react'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { LinkButton } from '../../ui/button'
import style from './demo-offer.module.css'
import { useSystem } from './use-system'
import { words } from './words'

/** For somebody without an account at hand: the whole app at work on this computer. Only where it runs from source. */
export const DemoOffer = () => {
  const here = useSystem((state) => state.info?.demo === true)
  const [playing, setPlaying] = useState(false)
  if (!here) return null
  const play = async () => {
    setPlaying(true)
    await api.system.playDemo().catch(reportFailure)
    setPlaying(false)
  }
  return (
    <p className={style.offer} role="status">
      {playing ? (
        words.demoPlaying
      ) : (
        <>
          {words.noAccount} <LinkButton onClick={() => void play()}>{words.playDemo}</LinkButton> {words.demoAbout}
        </>
      )}
    </p>
  )
}
