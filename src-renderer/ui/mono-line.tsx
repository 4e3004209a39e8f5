import { CopyIcon } from './copy-button'
import style from './mono-line.module.css'

/** One address or name to be copied exactly. */
export const MonoLine = (props: {
  readonly text: string
  readonly label: string
  readonly copy: () => Promise<unknown>
}) => (
  <div className={style.line}>
    <code>{props.text}</code>
    <CopyIcon label={props.label} copy={props.copy} />
  </div>
)
