import { useEffect, useState } from 'react'
import type { SystemInfo } from '../../../src-preload/contract/system'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Banner } from '../../ui/banner'
import { LinkButton } from '../../ui/button'
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

/** Whether links from the browser come here, and the button that makes it so. */
const LinksOwner = () => {
  const [owns, setOwns] = useState<boolean | null>(null)
  useEffect(() => {
    let open = true
    api.system.ownsDeepLinks().then((answer) => open && setOwns(answer), reportFailure)
    return () => {
      open = false
    }
  }, [])
  if (owns === null) return null
  if (owns) return words.linksOwned
  return (
    <>
      {words.linksForeign}{' '}
      <LinkButton onClick={() => void api.system.claimDeepLinks().then(setOwns, reportFailure)}>
        {words.claimLinks}
      </LinkButton>
    </>
  )
}

/** Versions, an honest word about an old runtime, and whether the browser's links come here. */
export const AboutSection = () => {
  const info = useSystem((state) => state.info)
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
            <KeyValue rows={[...versions(info), [words.aboutFacts.links, <LinksOwner key="links" />]]} />
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
