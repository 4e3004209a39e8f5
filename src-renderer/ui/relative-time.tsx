import { Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useNow } from './clock'
import { formatAbsolute, formatRelative } from './times'

/** A moment in relative words that stay right; the absolute date and time on hover, which is prepared only then. */
export const RelativeTime = ({ at }: { readonly at: number }) => {
  const now = useNow()
  const [met, setMet] = useState(false)
  const time = (
    <time dateTime={new Date(at).toISOString()} onPointerEnter={() => setMet(true)}>
      {formatRelative(at, now)}
    </time>
  )
  // A list shows one of these a row.
  return met ? <Tooltip label={formatAbsolute(at)}>{time}</Tooltip> : time
}
