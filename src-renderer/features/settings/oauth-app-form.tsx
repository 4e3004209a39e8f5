import { type FormEvent, useEffect, useState } from 'react'
import type { ProviderCard } from '../../../src-preload/contract/entities/provider'
import type { OAuthApp } from '../../../src-preload/contract/entities/settings'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { useProviders } from '../../providers'
import { Button } from '../../ui/button'
import { SecretField, TextField } from '../../ui/field'
import { PageHeader, Section } from '../../ui/page'
import { ProviderIcon } from '../../ui/provider-icon'
import { RegistrationSteps } from './registration-steps'
import style from './settings.module.css'
import { useRegistration } from './use-registration'
import { settings } from './use-settings'
import { words } from './words'

/** Providers whose sign-in goes through a browser, and therefore through a registered app. */
const registrable = (card: ProviderCard): boolean => card.ways.includes('redirect') || card.ways.includes('device')

const withScheme = (text: string): string => {
  const trimmed = text.trim().replace(/\/+$/, '')
  return trimmed === '' || /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
}

const sameHost = (a: string, b: string): boolean => hostName(withScheme(a)) === hostName(withScheme(b))

const ProviderChoice = (props: {
  readonly cards: readonly ProviderCard[]
  readonly value: string
  readonly onChoose: (card: ProviderCard) => void
}) => (
  <fieldset className={style.providers}>
    <legend>{words.provider}</legend>
    {props.cards.map((card) => (
      <label key={card.id} className={style.provider}>
        <input type="radio" name="provider" checked={props.value === card.id} onChange={() => props.onChoose(card)} />
        <ProviderIcon path={card.icon} size={16} />
        {card.title}
      </label>
    ))}
  </fieldset>
)

/** Registers an OAuth app: what to do at the provider, and what to bring back. */
export const OAuthAppForm = (props: {
  readonly app: OAuthApp | null
  readonly host: string
  readonly provider: string | null
  readonly onClose: () => void
}) => {
  const { app, onClose } = props
  const cards = useProviders()?.filter(registrable) ?? []
  const [host, setHost] = useState(props.host)
  const [chosen, setChosen] = useState(props.provider)
  const known = cards.find((card) => card.hosts.some((one) => sameHost(one.host, host)))
  const provider = chosen ?? known?.id ?? ''
  const [clientId, setClientId] = useState(app?.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [failure, setFailure] = useState<FailureData | null>(null)
  const [busy, setBusy] = useState(false)
  const options = useRegistration(provider, withScheme(host))
  useEffect(() => document.querySelector<HTMLElement>('main h1')?.focus(), [])

  const complete = provider !== '' && host.trim() !== '' && clientId.trim() !== ''
  const save = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await settings.saveOAuthApp({
        provider,
        host: withScheme(host),
        clientId: clientId.trim(),
        clientSecret: clientSecret.trim(),
      })
      onClose()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (complete && !busy) void save()
  }
  const secretAbout =
    app?.hasSecret === true
      ? words.secretKeep
      : options?.registration?.needsSecret === true
        ? words.secretNeeded
        : options?.notes.includes('secret-needed') === true
          ? words.secretForBrowser
          : words.secretOptional

  return (
    <form onSubmit={submit}>
      <PageHeader title={app === null ? words.formTitle : words.formEditTitle(hostName(app.host))} />
      {app === null && (
        <div className={style.form}>
          <ProviderChoice
            cards={cards}
            value={provider}
            onChoose={(card) => {
              setChosen(card.id)
              if (host === '' || known !== undefined) setHost(card.hosts[0]?.host ?? '')
            }}
          />
          <TextField label={words.host} value={host} placeholder="https://git.example.com" onText={setHost} />
        </div>
      )}
      {options !== null && (
        <Section title={words.steps}>
          <RegistrationSteps options={options} renews={app?.callbacks === 'earlier'} />
        </Section>
      )}
      <Section title={words.hereTitle}>
        <div className={style.form}>
          <TextField label={words.clientId} value={clientId} onText={setClientId} maxLength={200} />
          <SecretField
            label={words.clientSecret}
            value={clientSecret}
            onText={setClientSecret}
            about={secretAbout}
            maxLength={4096}
          />
          {failure !== null && <FailureCard failure={failure} facts={{ host }} />}
          <div className={style.buttons}>
            <Button look="primary" type="submit" busy={busy} disabled={!complete}>
              {words.save}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {words.cancel}
            </Button>
          </div>
        </div>
      </Section>
    </form>
  )
}
