import { ownOf } from '../../src-preload/contract/own'

const reasons: Readonly<Record<string, 'full' | 'read-only' | 'denied'>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
}

/** What a person can do something about, by the system's own word for it; `other` for anything else. */
export const storageReason = (code: string | null): 'full' | 'read-only' | 'denied' | 'other' =>
  code === null ? 'other' : (ownOf(reasons, code) ?? 'other')
