import { ChevronDown, ExternalLink, Hash, KeyRound } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { ProviderCard, SignInWay } from '../../../src-preload/contract/entities/provider'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { useReady } from '../../ready'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { classNames } from '../../ui/class-names'
import { PageHeader } from '../../ui/page'
import { ProviderIcon } from '../../ui/provider-icon'
import { hostOf } from './choice-store'
import { HostField } from './host-field'
import { leaveWizard } from './leave-wizard'
import { setUpApp } from './set-up-app'
import { TokenForm } from './token-form'
import { choice, signIns, useChoice, useSignIn } from './use-sign-ins'
import { useWays } from './use-ways'
import style from './wizard.module.css'
import { words } from './words'

const Chosen = ({ card }: { readonly card: ProviderCard }) => {
  const fixed = useChoice((state) => state.account !== null)
  return (
    <div className={style.chosen}>
      <ProviderIcon path={card.icon} size={20} />
      <span className={style['chosen-title']}>{card.title}</span>
      {!fixed && (
        <Button small look="quiet" onClick={choice.unchoose}>
          {words.change}
        </Button>
      )}
    </div>
  )
}

const Way = (props: {
  readonly icon: ReactNode
  readonly title: string
  readonly about: string
  readonly onClick: () => void
  readonly expanded?: boolean
  readonly controls?: string | undefined
}) => (
  <div className={style.way}>
    {props.icon}
    <div className={style['way-words']}>
      <button
        type="button"
        className={style['way-title']}
        aria-expanded={props.expanded}
        aria-controls={props.controls}
        onClick={props.onClick}
      >
        {props.title}
      </button>
      <p className={style['way-about']}>{props.about}</p>
    </div>
    {props.expanded !== undefined && (
      <ChevronDown size={16} aria-hidden className={classNames(props.expanded && style.turned)} />
    )}
  </div>
)

const TokenWay = ({
  card,
  open,
  only,
}: {
  readonly card: ProviderCard
  readonly open: boolean
  readonly only: boolean
}) => {
  const id = useId()
  return (
    <>
      {!only && (
        <Way
          icon={<KeyRound size={18} aria-hidden />}
          title={words.tokenButton}
          about={words.tokenAbout}
          expanded={open}
          controls={open ? id : undefined}
          onClick={() => choice.openToken(!open)}
        />
      )}
      {(only || open) && (
        <div id={id}>
          <TokenForm provider={card.id} />
        </div>
      )}
    </>
  )
}

const lacking = (host: string) => ({
  'client-id': { title: words.noClient(host), text: words.noClientText },
  'client-secret': { title: words.noSecret(host), text: words.noSecretText },
  callback: { title: words.oldCallback(host), text: words.oldCallbackText },
})

const Missing = (props: {
  readonly what: 'client-id' | 'client-secret' | 'callback'
  readonly provider: string
  readonly address: string
}) => {
  const { what, provider, address } = props
  const says = lacking(hostName(address))[what]
  return (
    <Banner
      tone="idle"
      title={says.title}
      actions={
        <Button small onClick={() => setUpApp(provider, address)}>
          {words.setUp}
        </Button>
      }
    >
      {says.text}
    </Banner>
  )
}

const Primary = ({
  way,
  host,
  onStart,
}: {
  readonly way: SignInWay
  readonly host: string
  readonly onStart: () => void
}) => {
  const busy = useSignIn((state) => state.busy)
  return (
    <div>
      <Button look="primary" className={style.big ?? ''} busy={busy} onClick={onStart}>
        {way === 'redirect' ? words.browserButton : words.deviceButton}
      </Button>
      <p className={style.caption}>{way === 'redirect' ? words.browserAbout(host) : words.deviceAbout(host)}</p>
    </div>
  )
}

/** Second half of the first moment: the host, and the way in. */
export const ChooseWay = ({ card }: { readonly card: ProviderCard }) => {
  const account = useChoice((state) => state.account)
  const address = useChoice(hostOf)
  const host = hostName(address)
  const failure = useChoice((state) => state.failure)
  const refused = useSignIn((state) => state.failure)
  const tokenOpen = useChoice((state) => state.tokenOpen)
  const notes = useChoice((state) => state.options?.notes) ?? []
  const deploys = useChoice((state) => state.deploys)
  const { primary, others, token, missing, lacksSecret, lacksCallback } = useWays()
  useReady(true)
  const begin = (way: SignInWay) => {
    if (way === 'redirect' || way === 'device') {
      void signIns.begin({ provider: card.id, host: address, way, reconnects: account?.id ?? null, deploys })
    }
  }
  return (
    <>
      <PageHeader title={account === null ? words.title : words.reconnectTitle(account.label || account.login)} />
      <div className={style.stack}>
        <Chosen card={card} />
        <HostField card={card} autoFocus={card.hosts.length === 0} />
        {failure !== null && (
          <FailureCard failure={failure} facts={{ host: address }} handlers={{ retry: choice.detectAgain }} />
        )}
        {missing !== null && <Missing what={missing} provider={card.id} address={address} />}
        {primary !== null && <Primary way={primary} host={host} onStart={() => begin(primary)} />}
        {notes.length > 0 && (
          <ul className={style.notes}>
            {notes.map((note) => (
              <li key={note}>{words.notes[note]}</li>
            ))}
          </ul>
        )}
        {refused !== null && !tokenOpen && primary !== null && (
          <FailureCard
            failure={refused}
            facts={{ provider: card.title, host: address }}
            handlers={{ retry: () => begin(primary), 'set-up-oauth-app': () => setUpApp(card.id, address) }}
          />
        )}
        {(others.length > 0 || token || lacksSecret || lacksCallback) && (
          <section className={style.ways} aria-label={words.otherWays}>
            {others.map((way) => (
              <Way
                key={way}
                icon={way === 'device' ? <Hash size={18} aria-hidden /> : <ExternalLink size={18} aria-hidden />}
                title={way === 'device' ? words.deviceButton : words.browserButton}
                about={way === 'device' ? words.deviceAbout(host) : words.browserAbout(host)}
                onClick={() => begin(way)}
              />
            ))}
            {(lacksSecret || lacksCallback) && (
              <Way
                icon={<ExternalLink size={18} aria-hidden />}
                title={lacksSecret ? words.addSecret : words.renewCallback}
                about={lacksSecret ? words.addSecretAbout : words.renewCallbackAbout}
                onClick={() => setUpApp(card.id, address)}
              />
            )}
            {token && <TokenWay card={card} open={tokenOpen} only={primary === null && others.length === 0} />}
          </section>
        )}
        {!(token && (tokenOpen || primary === null)) && (
          <div className={style.buttons}>
            <span className={style.spring} />
            <Button look="quiet" onClick={leaveWizard}>
              {words.cancel}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}
