import { Tooltip } from '@mantine/core'
import { useNow } from './clock'
import { formatAbsolute, formatRelative } from './times'

/** A moment in relative words that stay right; the absolute date and time on hover. */
export const RelativeTime = ({ at }: { readonly at: number }) => {
  const now = useNow()
  return (
    <Tooltip label={formatAbsolute(at)}>
      <time dateTime={new Date(at).toISOString()}>{formatRelative(at, now)}</time>
    </Tooltip>
  )
}
