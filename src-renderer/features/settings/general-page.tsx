import { useEffect, useState } from 'react'
import { api } from '../../api'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { useReady } from '../../ready'
import { Group, Page, PageHeader, Section } from '../../ui/page'
import { ChoiceRow, SwitchRow } from '../../ui/setting-row'
import { FoundLogins } from '../imports/found-logins'
import { useSystem } from '../system/use-system'
import { AboutSection } from './about-section'
import { SavedText } from './saved-text'
import { settings, useSettings } from './use-settings'
import { words } from './words'

/** Settings › General. */
export const GeneralPage = () => {
  const current = useSettings((state) => state.settings)
  const failure = useSettings((state) => state.failure)
  const updates = useSystem((state) => state.info?.knowsUpdates === true)
  const git = useSystem((state) => state.info?.git ?? null)
  const [tray, setTray] = useState<boolean | null>(null)
  useEffect(() => {
    let open = true
    api.system.hasTray().then((has) => open && setTray(has), reportFailure)
    return () => {
      open = false
    }
  }, [])
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
            <ChoiceRow
              label={words.language}
              about={words.languageAbout}
              value={current.language}
              choices={[
                ['system', words.languages.system],
                ['en', words.languages.en],
                ['de', words.languages.de],
              ]}
              onChange={(language) => void settings.change({ language })}
            />
            <SwitchRow
              label={words.closeToTray}
              about={tray === false ? words.noTray : words.closeToTrayAbout}
              on={current.closeToTray}
              onChange={(closeToTray) => void settings.change({ closeToTray })}
            />
            <SwitchRow
              label={words.startAtLogin}
              on={current.startAtLogin}
              onChange={(startAtLogin) => void settings.change({ startAtLogin })}
            />
            {updates && (
              <SwitchRow
                label={words.lookForUpdates}
                on={current.lookForUpdates}
                onChange={(lookForUpdates) => void settings.change({ lookForUpdates })}
              />
            )}
          </Group>
          <Section title={words.git}>
            <Group>
              <SavedText
                label={words.gitPath}
                about={`${words.gitPathAbout} ${git === null ? words.gitNone : words.gitFound(git)}`}
                value={current.gitPath ?? ''}
                placeholder="/usr/bin/git"
                onSave={(path) => void settings.change({ gitPath: path === '' ? null : path })}
              />
              <SwitchRow
                label={words.useInTerminal}
                about={words.useInTerminalAbout}
                on={current.useInTerminal}
                onChange={(useInTerminal) => void settings.change({ useInTerminal })}
              />
            </Group>
          </Section>
        </>
      )}
      <FoundLogins />
      <AboutSection />
    </Page>
  )
}
