import { useEffect, useState } from 'react'
import type { SystemInfo } from '../../../src-preload/contract/system'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Banner } from '../../ui/banner'
import { CopyButton } from '../../ui/copy-button'
import { KeyValue } from '../../ui/key-value'
import { Group, Section } from '../../ui/page'
import { useSystem } from '../system/use-system'
import style from './settings.module.css'
import { words } from './words'

const versions = (info: SystemInfo): readonly (readonly [string, string])[] => [
  [words.aboutFacts.version, info.version],
  [words.aboutFacts.electron, info.electron],
  [words.aboutFacts.chromium, info.chromium],
  [words.aboutFacts.node, info.node],
  [words.aboutFacts.platform, info.platform],
  [words.aboutFacts.git, info.git ?? words.missing],
  [words.aboutFacts.openssh, info.openssh ?? words.missing],
]

const useOwnsLinks = (): boolean | null => {
  const [owns, setOwns] = useState<boolean | null>(null)
  useEffect(() => {
    let open = true
    api.system.ownsDeepLinks().then((answer) => open && setOwns(answer), reportFailure)
    return () => {
      open = false
    }
  }, [])
  return owns
}

/** Versions, an honest word about an old runtime, and whether the browser's links come here. */
export const AboutSection = () => {
  const info = useSystem((state) => state.info)
  const owns = useOwnsLinks()
  if (info === null) return null
  return (
    <Section title={words.about}>
      <div className={style.stack}>
        {info.runtimeEndOfLife && (
          <Banner tone="warn" title={words.endOfLife(info.electron)}>
            {words.endOfLifeText}
          </Banner>
        )}
        <Group>
          <div className={style.about}>
            <KeyValue
              rows={[
                ...versions(info),
                [words.aboutFacts.links, owns === null ? null : owns ? words.linksOwned : words.linksForeign],
              ]}
            />
            <div className={style.copy}>
              <CopyButton
                small
                copy={() =>
                  api.system.copy({
                    text: versions(info)
                      .map((pair) => pair.join(' '))
                      .join('\n'),
                  })
                }
              >
                {words.copyVersions}
              </CopyButton>
            </div>
          </div>
        </Group>
      </div>
    </Section>
  )
}
