import { type FormEvent, useEffect, useState } from 'react'
import type { Settings } from '../../../src-preload/contract/entities/settings'
import { FailureCard } from '../../failures/failure-card'
import { useReady } from '../../ready'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Group, Page, PageHeader, Section } from '../../ui/page'
import { ChoiceRow, SwitchRow } from '../../ui/setting-row'
import { TrustedCertificates } from '../certificates/trusted-certificates'
import { useSystem } from '../system/use-system'
import { AboutSection } from './about-section'
import { isProxyAddress } from './proxy-address'
import style from './settings.module.css'
import { settings, useSettings } from './use-settings'
import { words } from './words'

/** A text that is saved by a button or Enter, and comes back from main as it was stored. */
const SavedText = (props: {
  readonly label: string
  readonly about: string
  readonly value: string
  readonly placeholder: string
  readonly check?: (text: string) => string | null
  readonly onSave: (text: string) => void
}) => {
  const [text, setText] = useState(props.value)
  const [wrong, setWrong] = useState<string | null>(null)
  useEffect(() => setText(props.value), [props.value])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const problem = props.check?.(text.trim()) ?? null
    setWrong(problem)
    if (problem === null) props.onSave(text.trim())
  }
  return (
    <form className={style.saved} onSubmit={submit}>
      <TextField
        label={props.label}
        about={props.about}
        error={wrong}
        value={text}
        placeholder={props.placeholder}
        onText={setText}
        end={
          <Button type="submit" className={style['save-button'] ?? ''} disabled={text === props.value}>
            {words.save}
          </Button>
        }
      />
    </form>
  )
}

const Network = ({ proxy }: { readonly proxy: Settings['proxy'] }) => (
  <Section title={words.network}>
    <Group>
      <ChoiceRow
        label={words.proxy}
        about={words.proxyAbout}
        value={proxy.mode}
        choices={[
          ['system', words.proxyModes.system],
          ['none', words.proxyModes.none],
          ['manual', words.proxyModes.manual],
        ]}
        onChange={(mode) => void settings.change({ proxy: { ...proxy, mode } })}
      />
      {proxy.mode === 'manual' && (
        <SavedText
          label={words.proxyUrl}
          about={words.proxyUrlAbout}
          value={proxy.url}
          placeholder="http://proxy.example.com:3128"
          check={(text) => (isProxyAddress(text) ? null : words.proxyUrlWrong)}
          onSave={(url) => void settings.change({ proxy: { ...proxy, url } })}
        />
      )}
    </Group>
  </Section>
)

/** Settings › General. */
export const GeneralPage = () => {
  const current = useSettings((state) => state.settings)
  const failure = useSettings((state) => state.failure)
  const git = useSystem((state) => state.info?.git ?? null)
  useReady(current !== null || failure !== null)
  return (
    <Page>
      <PageHeader title={words.general} />
      {failure !== null && <FailureCard failure={failure} />}
      {current !== null && (
        <>
          <Group>
            <ChoiceRow
              label={words.appearance}
              about={words.appearanceAbout}
              value={current.appearance}
              choices={[
                ['system', words.appearances.system],
                ['light', words.appearances.light],
                ['dark', words.appearances.dark],
              ]}
              onChange={(appearance) => void settings.change({ appearance })}
            />
            <SwitchRow
              label={words.closeToTray}
              about={words.closeToTrayAbout}
              on={current.closeToTray}
              onChange={(closeToTray) => void settings.change({ closeToTray })}
            />
            <SwitchRow
              label={words.startAtLogin}
              on={current.startAtLogin}
              onChange={(startAtLogin) => void settings.change({ startAtLogin })}
            />
          </Group>
          <Network proxy={current.proxy} />
          <TrustedCertificates />
          <Section title={words.git}>
            <Group>
              <SavedText
                label={words.gitPath}
                about={`${words.gitPathAbout} ${git === null ? words.gitNone : words.gitFound(git)}`}
                value={current.gitPath ?? ''}
                placeholder="/usr/bin/git"
                onSave={(path) => void settings.change({ gitPath: path === '' ? null : path })}
              />
            </Group>
          </Section>
        </>
      )}
      <AboutSection />
    </Page>
  )
}
