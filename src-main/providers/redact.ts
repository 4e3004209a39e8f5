import type { HttpCredential } from '../credentials/credential'
import { createRedaction } from '../redaction/redaction'

const secretNames = /secret|token|credential|password/i

const secretsIn = (value: unknown, named = false): readonly string[] => {
  if (typeof value === 'string') return named ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, named || secretNames.test(name)))
}

/** What a request sends that no message may repeat: the credential in all its forms and secrets in the body. */
export const secretsOf = (
  headers: Readonly<Record<string, string>>,
  credential: HttpCredential | null,
  body: unknown,
): readonly string[] => {
  const token = credential?.kind === 'oauth' ? credential.accessToken : credential?.token
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    /authorization|token/i.test(name) ? [value, value.replace(/^\S+\s+/, '')] : [],
  )
  return [...(token === undefined ? [] : [token.reveal()]), ...sent, ...secretsIn(body)].filter(
    (secret) => secret.length > 3,
  )
}

/** Text from a server with everything secret that was sent to it taken out, should it repeat that in whatever encoding. */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets.length === 0 ? text : createRedaction(secrets).text(text)
