import { Failure } from '../../../src-preload/contract/outcome'
import type { Secret } from '../secret'
import type { JudgePassphrase } from './judge-aside'
import { shortestNewPassphrase } from './passphrase-verdict'

/** Accepts a new passphrase. @throws Failure `invalid-input` with the reason for which it is refused */
export const requireStrong = async (judge: JudgePassphrase, passphrase: Secret): Promise<void> => {
  const { refused } = await judge(passphrase)
  if (refused === null) return
  throw new Failure('invalid-input', { field: 'passphrase', reason: refused, least: String(shortestNewPassphrase) })
}
