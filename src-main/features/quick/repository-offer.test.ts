import { describe, expect, it } from 'vitest'
import type { Account } from '../../../src-preload/contract/entities/account'
import { clipboardOffer } from './repository-offer'

const account = { id: 'a', host: 'https://git.acme.dev:8443', can: { list: true } } as Account
const offer = (text: string) => clipboardOffer(text, [account], ['forge.example'])

describe('what was copied', () => {
  it.each([
    ['https://git.acme.dev:8443/ada/engine.git', '/repositories?text=ada%2Fengine'],
    ['https://git.acme.dev:8443/ada/engine', '/repositories?text=ada%2Fengine'],
    ['git@git.acme.dev:ada/engine.git', '/repositories?text=ada%2Fengine'],
    [
      'https://forge.example/ada/engine/tree/main/src',
      '/accounts/connect?host=https%3A%2F%2Fforge.example%2Fada%2Fengine',
    ],
    ['  https://forge.example/ada/engine\n', '/accounts/connect?host=https%3A%2F%2Fforge.example%2Fada%2Fengine'],
    ['https://other.example/x/y.git', '/accounts/connect?host=https%3A%2F%2Fother.example%2Fx%2Fy.git'],
    [
      'ssh://git@other.example:2222/x/y',
      '/accounts/connect/ssh?address=ssh%3A%2F%2Fgit%40other.example%3A2222%2Fx%2Fy',
    ],
  ])('%j leads to %s', (text, to) => expect(offer(text)?.to).toBe(to))

  it.each([
    ['nothing', ''],
    ['a sentence', 'see git.acme.dev'],
    ['an article', 'https://other.example/news/today'],
    ['the front page of a known host', 'https://forge.example/ada'],
    ['an address that holds a password', 'https://ada:secret@git.acme.dev:8443/ada/engine.git'],
    ['an option', '--upload-pack=touch x'],
    ['another scheme', 'ext::sh -c id'],
    ['far too much', `https://other.example/${'x'.repeat(100_000)}.git`],
  ])('%s offers nothing', (_, text) => expect(offer(text)).toBeNull())
})
