import { Failure } from '../../../src-preload/contract/outcome'
import { Secret } from '../../credentials/secret'

/** What a text is that people paste by mistake, by how it begins or what it holds. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN |^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-|PuTTY-User-Key)/, 'ssh-key'],
  [/^SHA256:/, 'ssh-key'],
  [/^[a-z][a-z0-9+.-]*:\/\//i, 'address'],
  [/^[^\s@]+@[^\s@/:]+:/, 'address'],
  [/^[^\s@]+@[^\s@]+$/, 'e-mail'],
  // Tokens are made of the characters of RFC 6750 section 2.1, and are longer than anything one remembers.
  [/[^\w.~+/=:-]/, 'password'],
  [/^.{0,11}$/s, 'password'],
]

/**
 * A token as it was pasted: spaces, line breaks and invisible characters around it are dropped.
 * @throws Failure `token-kind-refused` with the fact `kind` when it is recognisably something else, before anybody is asked
 */
export const readToken = (pasted: string): Secret => {
  const token = pasted.replace(/^[\s\u200b-\u200d\u2060\ufeff]+|[\s\u200b-\u200d\u2060\ufeff]+$/g, '')
  if (token === '') throw new Failure('invalid-input', { field: 'token' })
  const kind = mistakes.find(([looks]) => looks.test(token))?.[1]
  if (kind !== undefined) throw new Failure('token-kind-refused', { kind })
  return new Secret(token)
}
