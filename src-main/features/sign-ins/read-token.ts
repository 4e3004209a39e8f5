import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'
import type { TokenShape } from '../../providers/provider'
import { findToken } from './find-token'

/** What a text is that people paste by mistake, by how it begins or what it holds. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN |^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-|PuTTY-User-Key)/, 'ssh-key'],
  [/^SHA256:/, 'ssh-key'],
  [/^[a-z][a-z0-9+.-]*:\/\//i, 'address'],
  [/^[^\s@]+@[^\s@/:]+:/, 'address'],
  [/^[^\s@]+@[^\s@]+$/, 'e-mail'],
]

/**
 * The token in what was pasted.
 * @param shapes how tokens of the provider announce themselves
 * @throws Failure `token-kind-refused` with the fact `kind` when it is recognisably something else, before anybody is asked
 */
export const readToken = (pasted: string, shapes: readonly TokenShape[] = []): Secret => {
  const found = findToken(pasted, shapes)
  if (found.kind === 'token') return new Secret(found.token)
  if (found.kind === 'too-short') throw new Failure('token-kind-refused', { kind: 'too-short' })
  if (found.text === '') throw new Failure('invalid-input', { field: 'token' })
  throw new Failure('token-kind-refused', {
    kind: mistakes.find(([looks]) => looks.test(found.text))?.[1] ?? 'password',
  })
}

/** A found token as it is shown, e.g. `ghx_…90Ab`; null when it is all that was pasted. */
export const shownToken = (pasted: string, token: Secret, shapes: readonly TokenShape[] = []): string | null => {
  const value = token.reveal()
  if (pasted.trim() === value) return null
  const begins = shapes.find((shape) => value.startsWith(shape.begins))?.begins ?? ''
  return `${begins}…${value.slice(-4)}`
}
