import { useEffect, useState } from 'react'
import type { SystemInfo } from '../../../src-preload/contract/system'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { LinkButton } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { KeyValue } from '../../ui/key-value'
import { formatDuration } from '../../ui/numbers'
import { Group, Section } from '../../ui/page'
import { useSystem } from '../system/use-system'
import { RuntimeWarnings } from './runtime-warnings'
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

/** Whether links from the browser come here, the button that makes it so, and a test that proves it. */
const LinksOwner = () => {
  const [owns, setOwns] = useState<boolean | null>(null)
  const [testing, setTesting] = useState(false)
  const [proof, setProof] = useState<string | null>(null)
  useEffect(() => {
    let open = true
    api.system.ownsDeepLinks().then((answer) => open && setOwns(answer), reportFailure)
    return () => {
      open = false
    }
  }, [])
  const test = async () => {
    setTesting(true)
    setProof(null)
    try {
      const { milliseconds, owner } = await api.system.testDeepLinks()
      // Another program may have taken them since.
      setOwns(await api.system.ownsDeepLinks())
      setProof(milliseconds === null ? words.linksLost(owner) : words.linksCameBack(formatDuration(milliseconds)))
    } catch (error) {
      reportFailure(error)
    } finally {
      setTesting(false)
    }
  }
  const claim = async () => {
    try {
      await api.system.claimDeepLinks()
    } catch (error) {
      return reportFailure(error)
    }
    await test()
  }
  if (owns === null) return null
  return (
    <>
      {owns ? words.linksOwned : words.linksForeign}{' '}
      {!owns && <LinkButton onClick={() => void claim()}>{words.claimLinks}</LinkButton>}{' '}
      <LinkButton aria-busy={testing} onClick={() => void test()}>
        {testing ? words.testingLinks : words.testLinks}
      </LinkButton>
      <span role="status">{proof !== null && ` ${proof}`}</span>
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
        <RuntimeWarnings info={info} />
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
              <CopyButton small copy={() => api.system.copyDiagnostics()}>
                {words.copyDiagnostics}
              </CopyButton>
            </div>
          </div>
        </Group>
      </div>
    </Section>
  )
}
