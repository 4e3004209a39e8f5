import { createHmac, randomUUID } from 'node:crypto'
import type { Secret } from '../../credentials/secret'
import { pushShapes, type Signature } from '../../deploy/push-shape'
import type { Fetch } from '../../network/fetch'

const hub = (secret: Secret, body: string) =>
  `sha256=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}`

/** Headers by which the receiver knows who sent a body. */
const signed = (signature: Signature, secret: Secret, body: string): Readonly<Record<string, string>> => {
  switch (signature) {
    case 'hub-sha256':
    case 'any':
      return { 'x-hub-signature-256': hub(secret, body) }
    case 'hub-sha256-old-name':
      return { 'x-hub-signature': hub(secret, body) }
    case 'gitlab-token':
      return { 'x-gitlab-token': secret.reveal() }
    case 'standard-webhooks': {
      const [id, at] = [randomUUID(), String(Math.floor(Date.now() / 1000))]
      const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64')
      const mac = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
      return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${mac}` }
    }
  }
}

/**
 * Sends a signed event that is no push, for providers that have no test of their own. It proves the way from here, not
 * from the provider. @returns status of the answer
 */
export const sendSample = async (
  fetch: Fetch,
  hook: { readonly url: string; readonly signature: Signature; readonly secret: Secret },
): Promise<number> => {
  const { event, delivery } = pushShapes[hook.signature]
  const body = JSON.stringify({ zen: 'A test from CloudAIPilot.', id: randomUUID() })
  const answer = await fetch(hook.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(event === null ? {} : { [event.header.toLowerCase()]: 'test' }),
      ...(delivery[0] === undefined ? {} : { [delivery[0].toLowerCase()]: randomUUID() }),
      ...signed(hook.signature, hook.secret, body),
    },
    body,
  })
  await answer.text()
  return answer.status
}
