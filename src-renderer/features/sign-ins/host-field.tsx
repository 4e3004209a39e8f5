import type { ProviderCard } from '../../../src-preload/contract/entities/provider'
import { hostName } from '../../failures/facts'
import { useProviders } from '../../providers'
import { LinkButton } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Spinner } from '../../ui/spinner'
import { choice, useChoice } from './use-sign-ins'
import style from './wizard.module.css'
import { words } from './words'

const Found = ({ card }: { readonly card: ProviderCard | undefined }) => {
  const detected = useChoice((state) => state.detected)
  const detecting = useChoice((state) => state.detecting)
  const cards = useProviders()
  if (detecting) {
    return (
      <span className={style.status}>
        <Spinner size={12} /> {words.detecting}
      </span>
    )
  }
  if (detected === null) return card === undefined ? words.hostAbout : null
  const found = cards?.find((one) => one.id === detected.provider)
  if (found === undefined) return card === undefined ? words.unknownProvider : null
  if (found.id === card?.id) return words.isProvider(found.title)
  return (
    <>
      {words.otherProvider(found.title)}{' '}
      <LinkButton onClick={() => choice.choose(found, detected.host)}>{words.takeProvider(found.title)}</LinkButton>
    </>
  )
}

/** The host: typed, pasted or picked; says what it turned out to be. Fixed while an account is reconnected. */
export const HostField = ({ card, autoFocus }: { readonly card?: ProviderCard; readonly autoFocus?: boolean }) => {
  const host = useChoice((state) => state.host)
  const fixed = useChoice((state) => state.account !== null)
  const readOnly = fixed || card?.selfHosted === false
  const presets = card !== undefined && !readOnly && card.hosts.length > 1 ? card.hosts : []
  return (
    <div>
      <TextField
        label={words.host}
        value={host}
        placeholder={words.hostPlaceholder}
        readOnly={readOnly}
        autoFocus={autoFocus}
        inputMode="url"
        onText={(text) => choice.type(text)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !readOnly) choice.type(host, true)
        }}
        onPaste={(event) => {
          if (readOnly || event.currentTarget.selectionStart !== 0) return
          if (event.currentTarget.selectionEnd !== event.currentTarget.value.length) return
          event.preventDefault()
          choice.type(event.clipboardData.getData('text/plain').trim(), true)
        }}
        about={readOnly ? undefined : <Found card={card} />}
      />
      {presets.length > 0 && (
        <fieldset className={style.presets} aria-label={words.otherHosts}>
          {presets.map((preset) => (
            <button
              key={preset.host}
              type="button"
              className={style.preset}
              aria-pressed={hostName(host) === hostName(preset.host)}
              onClick={() => card !== undefined && choice.choose(card, preset.host)}
            >
              {preset.label}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}
