import type { RuleTrial } from '../../../src-preload/contract/entities/app'
import { saidName } from '../../../src-preload/contract/plain-text'
import { judgeFiles } from '../../deploy/watch-rules'

/** A commit of the branch with the files that it changed. */
export interface PastCommit {
  readonly hash: string
  readonly author: string
  /** Unix ms. */
  readonly at: number
  readonly subject: string
  readonly files: readonly string[]
}

/**
 * Reads `git log -z --name-only` with our own format: each commit begins with U+0001, its fields are apart by U+0002 and
 * end with U+0003; then come the files, each ended by NUL.
 */
export const readCommits = (output: Buffer): readonly PastCommit[] =>
  output
    .toString('utf8')
    .split('\x01')
    .slice(1)
    .flatMap((part) => {
      const [head = '', files = ''] = part.split('\x03')
      const [hash = '', author = '', seconds = '', subject = ''] = head.split('\x02')
      if (!/^[0-9a-f]{40,64}$/.test(hash)) return []
      const names = files
        .split('\0')
        .map((name) => name.replace(/^\n/, ''))
        .filter((name) => name !== '')
      return [{ hash, author, at: Number(seconds) * 1000, subject, files: names }]
    })

/** Holds each commit against the watch paths, as if it had been pushed alone. */
export const tryRules = (commits: readonly PastCommit[], patterns: readonly string[]): RuleTrial[] =>
  commits.map(({ hash, author, at, subject, files }) => {
    const { deploys, pattern, file } = judgeFiles(patterns, files)
    return {
      commit: hash,
      author: saidName(author, 200),
      subject: saidName(subject, 300),
      at,
      deploys,
      pattern,
      file: file === null ? null : saidName(file, 1024),
      files: files.length,
    }
  })
