import type { ServerRemnant } from '../../../src-preload/contract/entities/server'
import { ownOf } from '../../../src-preload/contract/own'
import { saidName } from '../../../src-preload/contract/plain-text'
import type { Answer } from '../../deploy/frame'

const kinds: Readonly<Record<string, ServerRemnant['what']>> = {
  releases: 'releases',
  'deploy-key': 'deploy-key',
  hook: 'receiver',
  receiver: 'receiver',
  timer: 'timer',
  scripts: 'scripts',
}

/** Reads `key size path` of each thing that was found; sizes are in kB, `-` where there is none. */
export const readRemnants = (
  answer: Answer,
  keyMade: boolean,
  appOfKey: (key: string) => string | null,
): ServerRemnant[] => [
  ...answer.records.flatMap(([kind, value]): ServerRemnant[] => {
    const what = ownOf(kinds, kind)
    const match = /^(\S+) (\d+|-) (.*)$/s.exec(value)
    if (what === undefined || match === null) return []
    const [, key = '-', size = '-', path = ''] = match
    return [
      {
        what,
        path: saidName(path, 1024),
        app: appOfKey(key),
        bytes: size === '-' ? null : Number(size) * 1024,
      },
    ]
  }),
  ...(keyMade ? [{ what: 'authorized-key' as const, path: '~/.ssh/authorized_keys', app: null, bytes: null }] : []),
]
