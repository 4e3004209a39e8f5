import { ExternalLink } from 'lucide-react'
import type { ServerKey } from '../../../src-preload/contract/entities/app'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { guideFor, pasteGuides } from '../ssh-keys/paste-guides'
import style from './app-form.module.css'
import { words } from './form-words'

/** Host and path of an SSH clone address, as far as they show: the page that is linked is a convenience. */
export const partsOf = (sshUrl: string): { readonly host: string; readonly path: string } | null => {
  const match =
    /^ssh:\/\/(?:[^@/]+@)?([^:/]+)(?::\d+)?\/(.+)$/.exec(sshUrl) ?? /^(?:[^@/]+@)?([^:/]+):(?!\/\/)(.+)$/.exec(sshUrl)
  const [, host, path] = match ?? []
  return host === undefined || path === undefined ? null : { host, path }
}

/** The server's key for one repository, to be added there by a person, with the steps for that host. */
export const DeployKeyCard = ({ serverKey, sshUrl }: { readonly serverKey: ServerKey; readonly sshUrl: string }) => {
  const parts = partsOf(sshUrl)
  const guide = pasteGuides.find(({ id }) => id === guideFor(parts?.host ?? null))
  const steps = guide?.deployKey?.steps ?? guide?.accountKey.steps ?? []
  const page = parts === null ? null : (guide?.deployKey?.page?.(parts.host, parts.path) ?? null)
  return (
    <section className={style.key} aria-label={words.keyTitle}>
      <h3 className={style.keyTitle}>{words.keyTitle}</h3>
      <p>{words.keyText}</p>
      <code className={style.keyLine}>{serverKey.publicKey}</code>
      <ol className={style.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className={style.buttons}>
        <CopyButton small copy={() => api.system.copy({ text: serverKey.publicKey })}>
          {words.copyKey}
        </CopyButton>
        {page !== null && (
          <Button
            small
            icon={<ExternalLink size={14} aria-hidden />}
            onClick={() => void api.system.openPage({ url: page }).catch(reportFailure)}
          >
            {words.openPage(new URL(page).host)}
          </Button>
        )}
      </div>
    </section>
  )
}
