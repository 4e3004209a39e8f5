import { ExternalLink } from 'lucide-react'
import type { SignInOptions } from '../../../src-preload/contract/entities/provider'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { MonoLine } from '../../ui/mono-line'
import style from './settings.module.css'
import { words } from './words'

/** What to do on the provider's registration page, in order. */
export const RegistrationSteps = (props: {
  readonly options: SignInOptions
  /** The app is registered there already, with callbacks from before each host had its own. */
  readonly renews: boolean
}) => {
  const { registration, ways } = props.options
  if (registration === null) return <p className={style.hint}>{words.noRegistration}</p>
  return (
    <ol className={style.steps}>
      <li className={style.step}>
        <div className={style['step-body']}>
          <p>{props.renews ? words.step1renew : words.step1}</p>
          {!props.renews && (
            <p className={style.hint}>
              {registration.needsSecret ? words.hintSecret : words.hintPublic}
              {ways.some(({ way }) => way === 'device') && ` ${words.hintDevice}`}
            </p>
          )}
          <Button
            small
            icon={<ExternalLink size={14} aria-hidden />}
            onClick={() => void api.system.openPage({ url: registration.url }).catch(reportFailure)}
          >
            {words.openRegistration}
          </Button>
        </div>
      </li>
      <li className={style.step}>
        <div className={style['step-body']}>
          <p>{registration.callbacks.length === 1 ? words.step2one : words.step2}</p>
          {props.renews && <p className={style.hint}>{words.newCallbacks}</p>}
          {registration.callbacks.map((callback) => (
            <MonoLine
              key={callback}
              text={callback}
              label={words.copyCallback}
              copy={() => api.system.copy({ text: callback })}
            />
          ))}
        </div>
      </li>
      {registration.scopes.length > 0 && (
        <li className={style.step}>
          <div className={style['step-body']}>
            <p>{words.step3}</p>
            <p className={style.scopes}>
              {registration.scopes.map((scope) => (
                <code key={scope}>{scope}</code>
              ))}
            </p>
          </div>
        </li>
      )}
    </ol>
  )
}
