import { KeyRound } from 'lucide-react'
import type { ProviderCard } from '../../../src-preload/contract/entities/provider'
import { FailureCard } from '../../failures/failure-card'
import { providers, useProviders, useProvidersFailure } from '../../providers'
import { useReady } from '../../ready'
import { Button } from '../../ui/button'
import { PageHeader } from '../../ui/page'
import { ProviderIcon } from '../../ui/provider-icon'
import { SkeletonRows } from '../../ui/skeleton'
import { HostField } from './host-field'
import { leaveWizard } from './leave-wizard'
import { pickProvider } from './pick-provider'
import { choice, useChoice } from './use-sign-ins'
import style from './wizard.module.css'
import { words } from './words'

const hostsOf = ({ hosts, selfHosted }: ProviderCard): string =>
  hosts.length === 0
    ? words.anyHost
    : `${hosts.map((host) => host.label).join(', ')}${selfHosted ? words.selfHosted : ''}`

const Card = ({ card }: { readonly card: ProviderCard }) => (
  <li className={style.card}>
    {card.icon === '' ? <KeyRound size={22} aria-hidden /> : <ProviderIcon path={card.icon} size={22} />}
    <div className={style['card-words']}>
      <button type="button" className={style['card-title']} onClick={() => pickProvider(card)}>
        {card.title}
      </button>
      <p className={style['card-hosts']}>{hostsOf(card)}</p>
    </div>
  </li>
)

/** First moment: a provider, or an address that says which one it is. */
export const ChooseProvider = () => {
  const cards = useProviders()
  const failure = useChoice((state) => state.failure)
  const missing = useProvidersFailure()
  useReady(cards !== null || missing !== null)
  return (
    <>
      <PageHeader title={words.title} about={words.chooseAbout} />
      <div className={style.stack}>
        {cards === null && missing !== null ? (
          <FailureCard failure={missing} handlers={{ retry: () => void providers.load() }} />
        ) : cards === null ? (
          <SkeletonRows rows={2} height={72} />
        ) : (
          <ul className={style.cards} aria-label={words.providers}>
            {cards.map((card) => (
              <Card key={card.id} card={card} />
            ))}
          </ul>
        )}
        <div className={style.or} aria-hidden="true">
          {words.or}
        </div>
        <HostField />
        {failure !== null && <FailureCard failure={failure} handlers={{ retry: choice.detectAgain }} />}
        <div className={`${style.buttons} ${style.end}`}>
          <Button look="quiet" onClick={leaveWizard}>
            {words.cancel}
          </Button>
        </div>
      </div>
    </>
  )
}
