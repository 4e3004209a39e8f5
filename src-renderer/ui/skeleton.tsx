import { useEffect, useState } from 'react'
import style from './skeleton.module.css'
import { words } from './words'

/** True once `waiting` has lasted 300 ms: what comes sooner than that shows nothing in between. */
export const useSlow = (waiting: boolean): boolean => {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!waiting) {
      setSlow(false)
      return
    }
    const timer = setTimeout(() => setSlow(true), 300)
    return () => clearTimeout(timer)
  }, [waiting])
  return slow
}

/** Rows of the final height (px) while a list loads: nothing for 300 ms, then grey shapes. */
export const SkeletonRows = ({ rows, height }: { readonly rows: number; readonly height: number }) => {
  const slow = useSlow(true)
  return (
    <div
      className={slow ? style.rows : undefined}
      style={{ minHeight: rows * height }}
      role="status"
      aria-label={words.loading}
    >
      {slow &&
        [...Array(rows).keys()].map((row) => (
          <div key={row} className={style.row} style={{ height }}>
            <span className={style.circle} />
            <span className={style.lines}>
              <span className={style.bar} style={{ width: `${28 + ((row * 13) % 24)}%` }} />
              <span className={style.bar} style={{ width: `${46 + ((row * 17) % 30)}%` }} />
            </span>
          </div>
        ))}
    </div>
  )
}
