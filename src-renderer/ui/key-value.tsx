import { Fragment, type ReactNode } from 'react'
import style from './key-value.module.css'

/** Facts as pairs; a pair without a value is left out. */
export const KeyValue = ({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className={style.list}>
    {rows.map(([name, value]) =>
      value === null || value === undefined || value === '' ? null : (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ),
    )}
  </dl>
)
