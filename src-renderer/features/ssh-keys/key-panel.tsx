import { ExternalLink } from 'lucide-react'
import { useId, useState } from 'react'
import type { SshKey } from '../../../src-preload/contract/entities/ssh-key'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { guideFor, pasteGuides } from './paste-guides'
import style from './ssh-keys.module.css'
import { words } from './words'

const Steps = (props: { readonly title: string; readonly steps: readonly string[]; readonly page: string | null }) => {
  const { page } = props
  return (
    <div className={style.guide}>
      <h4 className={style.guideTitle}>{props.title}</h4>
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
          {new URL(page).host}
        </Button>
      )}
    </div>
  )
}

/** Where the key goes, host by host. With an address at hand its own page is linked. */
const Guides = ({ host, path }: { readonly host: string | null; readonly path: string | null }) => {
  const [chosen, setChosen] = useState<string | null>(null)
  const id = useId()
  const current = chosen ?? guideFor(host)
  const guide = pasteGuides.find((candidate) => candidate.id === current)
  return (
    <section aria-label={words.where}>
      <h3 className={style.label}>{words.where}</h3>
      <div role="tablist" aria-label={words.where} className={style.tabs}>
        {pasteGuides.map(({ id: tab, title }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${id}-${tab}`}
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            className={style.tab}
            onClick={() => setChosen(tab)}
          >
            {title}
          </button>
        ))}
      </div>
      {guide !== undefined && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} className={style.guides}>
          {guide.deployKey !== null && (
            <Steps
              title={words.deployKey}
              steps={guide.deployKey.steps}
              page={host !== null && path !== null ? (guide.deployKey.page?.(host, path) ?? null) : null}
            />
          )}
          <Steps
            title={words.accountKey}
            steps={guide.accountKey.steps}
            page={
              host !== null || guide.hosts.length === 0
                ? (guide.accountKey.page?.(host ?? '') ?? null)
                : (guide.accountKey.page?.(guide.hosts[0] ?? '') ?? null)
            }
          />
        </div>
      )}
    </section>
  )
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
      <h3 className={style.label}>{words.publicKey}</h3>
      <div className={style.keyBox}>
        <code className={style.key}>{key.publicKey}</code>
        <div className={style.keyActions}>
          <CopyButton look="primary" copy={() => api.system.copy({ text: key.publicKey })}>
            {words.copy}
          </CopyButton>
          <Button onClick={() => void api.sshKeys.savePublicKey({ id: key.id }).catch(reportFailure)}>
            {words.saveFile}
          </Button>
        </div>
      </div>
      <div className={style.proof}>
        <div>
          <h3 className={style.label}>{words.fingerprint}</h3>
          <code>{key.fingerprint}</code>
          <p className={style.quiet}>
            {key.type}, {key.bits} bits
          </p>
        </div>
        <pre className={style.art} aria-hidden="true">
          {key.randomart}
        </pre>
      </div>
      <Guides host={props.host ?? null} path={props.path ?? null} />
    </div>
  )
}
