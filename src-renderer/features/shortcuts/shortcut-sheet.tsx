import { Fragment } from 'react'
import { capsOf, isMac } from './keys'
import style from './shortcut-sheet.module.css'
import { shortcuts } from './shortcuts'

/** Every shortcut with its keys. */
export const ShortcutSheet = () => {
  const mac = isMac()
  return (
    <dl className={style.sheet}>
      {shortcuts.map(({ keys, label }) => (
        <Fragment key={keys}>
          <dt>{label}</dt>
          <dd>
            {capsOf(keys, mac).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}
