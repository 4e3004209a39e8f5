import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { Tabs } from '../../ui/tabs'
import { toast } from '../../ui/toast'
import { DeployKeyPlaces } from './deploy-key-places'
import { KeyCertificate } from './key-certificate'
import { guideFor, pasteGuides } from './paste-guides'
import style from './ssh-keys.module.css'
import { words } from './words'

const Steps = (props: { readonly title: string; readonly steps: readonly string[]; readonly page: string | null }) => {
  const { page } = props
  return (
    <div className={style.guide}>
      <h4 className={style.label}>{props.title}</h4>
      <ol className={style.steps}>
        {props.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {page !== null && (
        <Button
          small
          icon={<ExternalLink size={14} aria-hidden />}
          onClick={() => void api.system.openPage({ url: page }).catch(reportFailure)}
        >
          {words.openAt(new URL(page).host)}
        </Button>
      )}
    </div>
  )
}

/** Where the key goes, host by host. With an address at hand its own page is linked. */
const Guides = ({ host, path }: { readonly host: string | null; readonly path: string | null }) => {
  const [chosen, setChosen] = useState<string | null>(null)
  const current = chosen ?? guideFor(host)
  const guide = pasteGuides.find((candidate) => candidate.id === current)
  const home = guide?.hosts[0] ?? null
  return (
    <section aria-label={words.where}>
      <h3 className={style.label}>{words.where}</h3>
      <Tabs
        label={words.where}
        tabs={pasteGuides.map(({ id, title }) => [id, title] as const)}
        current={current}
        onChoose={setChosen}
      >
        {guide !== undefined && (
          <div className={style.guides}>
            {guide.deployKey !== null && (
              <Steps
                title={words.deployKey}
                steps={guide.deployKey.steps}
                page={host !== null && path !== null ? (guide.deployKey.page?.(host, path) ?? null) : null}
              />
            )}
            <Steps
              title={guide.deployKey === null ? words.onlyKey : words.accountKey}
              steps={guide.accountKey.steps}
              page={guide.accountKey.page?.(host ?? home ?? '') ?? null}
            />
          </div>
        )}
      </Tabs>
    </section>
  )
}

const save = async (id: string) => {
  const path = await api.sshKeys.savePublicKey({ id })
  if (path !== null) toast({ tone: 'good', title: words.saved, text: path })
}

/** A key's public half to copy, its fingerprint and picture, and where to paste it. */
export const KeyPanel = (props: {
  readonly sshKey: SshKey
  readonly host?: string | null
  readonly path?: string | null
}) => {
  const key = props.sshKey
  return (
    <div className={style.panel}>
      <div className={style.keyBox}>
        <h3 className={style.hidden}>{words.publicKey}</h3>
        <code className={style.key}>{key.publicKey}</code>
        <div className={style.buttons}>
          <CopyButton look="primary" copy={() => api.system.copy({ text: key.publicKey })}>
            {words.copy}
          </CopyButton>
          <Button onClick={() => void save(key.id).catch(reportFailure)}>{words.saveFile}</Button>
        </div>
      </div>
      <div className={style.proof}>
        <div className={style.print}>
          <h3 className={style.label}>{words.fingerprint}</h3>
          <code>{key.fingerprint}</code>
          <p className={style.quiet}>{words.size(key.type, key.bits)}</p>
        </div>
        <pre className={style.art} aria-hidden="true">
          {key.randomart}
        </pre>
      </div>
      <KeyCertificate sshKey={key} />
      <DeployKeyPlaces sshKey={key} />
      <Guides host={props.host ?? null} path={props.path ?? null} />
    </div>
  )
}
