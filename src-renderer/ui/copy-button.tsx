import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonProps } from './button'
import { IconButton } from './icon-button'
import { words } from './words'

/** Milliseconds for which "Copied" stands in place of the button's own words. */
const shownFor = 1800

const useCopied = (copy: () => Promise<unknown>) => {
  const [copied, setCopied] = useState(0)
  useEffect(() => {
    if (copied === 0) return
    const timer = setTimeout(() => setCopied(0), shownFor)
    return () => clearTimeout(timer)
  }, [copied])
  return { copied: copied > 0, run: () => void copy().then(() => setCopied((count) => count + 1)) }
}

/** How something reaches the clipboard; it reports its own failure and then rejects. */
interface CopyProps {
  readonly copy: () => Promise<unknown>
}

/** Copies, and says "Copied" in its own place for a moment. */
export const CopyButton = ({ copy, children, ...rest }: CopyProps & ButtonProps) => {
  const { copied, run } = useCopied(copy)
  return (
    <Button {...rest} onClick={run} icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}>
      <span aria-live="polite">{copied ? words.copied : children}</span>
    </Button>
  )
}

/** The same as a small icon, for the end of a line. */
export const CopyIcon = ({ copy, label }: CopyProps & { readonly label: string }) => {
  const { copied, run } = useCopied(copy)
  return (
    <IconButton
      label={copied ? words.copied : label}
      onClick={run}
      icon={copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    />
  )
}
