import type { Secret } from '../credentials/secret'
import type { Field } from './frame'
import { pilotPath } from './pilot-script'
import { pushShapes, type Signature } from './push-shape'

/** A hook on a server. */
export interface ReceiverHook {
  /** Its number, the last part of its address: hexadecimal, and not to be guessed. */
  readonly id: string
  /** The app's folder on the server. */
  readonly folder: string
  readonly signature: Signature
  /** Immutable id of the repository, or null where only the secret tells. */
  readonly repository: string | null
  /** Taken both while one is being replaced by the other. */
  readonly secrets: readonly Secret[]
}

const header = (name: string) => ({ source: 'header', name })
const hmac = (name: string, secret: Secret) => ({
  match: { type: 'payload-hmac-sha256', secret: secret.reveal(), parameter: header(name) },
})
const same = (name: string, secret: Secret) => ({
  match: { type: 'value', value: secret.reveal(), parameter: header(name) },
})

/** Rules that one secret satisfies. Of several that name a header each, only that which came is looked at. */
const rulesFor = (signature: Signature, secret: Secret): readonly object[] => {
  switch (signature) {
    case 'hub-sha256':
      return [hmac('X-Hub-Signature-256', secret)]
    case 'hub-sha256-old-name':
      return [hmac('X-Hub-Signature', secret)]
    case 'gitlab-token':
      return [same('X-Gitlab-Token', secret)]
    case 'standard-webhooks':
      // The receiver can't compute this one: it lets through what looks signed, and our script computes it.
      return [
        { match: { type: 'regex', regex: '^v1,[A-Za-z0-9+/=]{44}( |$)', parameter: header('webhook-signature') } },
      ]
    case 'any':
      return [
        hmac('X-Hub-Signature-256', secret),
        hmac('X-Hub-Signature', secret),
        hmac('X-Gitea-Signature', secret),
        same('X-Gitlab-Token', secret),
      ]
  }
}

/**
 * The hook as Debian's webhook reads it (its pages "Hook-Definition" and "Hook-Rules"). Status 202: taken, whatever came
 * of it; the answer's body is the outcome. 403: not signed by whom it should be. 500: not taken, because the server failed.
 */
export const hookRule = ({ id, signature, secrets }: ReceiverHook): string => {
  const { event, delivery, repository } = pushShapes[signature]
  const rules = secrets.flatMap((secret) => rulesFor(signature, secret))
  const standard = signature === 'standard-webhooks'
  return JSON.stringify({
    id,
    'execute-command': '/bin/sh',
    'command-working-directory': '.',
    'pass-arguments-to-command': [
      // From the receiver's own folder, so that this text is the same everywhere.
      { source: 'string', name: pilotPath.replace(/^\.cloudaipilot/, '..') },
      { source: 'string', name: 'receive' },
      { source: 'string', name: id },
    ],
    'pass-environment-to-command': [
      ...(event === null ? [] : [{ ...header(event.header), envname: 'PILOT_EVENT' }]),
      ...delivery.map((name, index) => ({ ...header(name), envname: `PILOT_DELIVERY_${index}` })),
      ...(repository === null ? [] : [{ source: 'string', name: repository, envname: 'PILOT_REPOSITORY_AT' }]),
      ...(standard
        ? [
            { ...header('webhook-timestamp'), envname: 'PILOT_TIMESTAMP' },
            { ...header('webhook-signature'), envname: 'PILOT_SIGNATURE' },
          ]
        : []),
    ],
    'pass-file-to-command': [{ source: 'raw-request-body', envname: 'PILOT_BODY' }],
    'include-command-output-in-response': true,
    'include-command-output-in-response-on-error': true,
    'success-http-response-code': 202,
    'trigger-rule-mismatch-http-response-code': 403,
    // Inside an `or` a wrong signature is a refusal like any other; alone it would be an error of the server (500).
    'trigger-signature-soft-failures': true,
    'trigger-rule': { or: rules },
  })
}

/** The key of Standard Webhooks: base64 after `whsec_`. */
const standardKey = (secret: Secret): Buffer => Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64')

/** One half of a padded key (RFC 2104 section 2), as octal escapes. */
const padded = (key: Buffer, pad: number): string => {
  const block = Buffer.alloc(64)
  key.copy(block)
  return [...block].map((byte) => `\\0${(byte ^ pad).toString(8).padStart(3, '0')}`).join('')
}

/** What `set-hook` is given. */
export const hookFields = (hook: ReceiverHook): readonly Field[] => {
  const { event } = pushShapes[hook.signature]
  const [newest] = hook.secrets
  const pads: readonly Field[] =
    hook.signature === 'standard-webhooks' && newest !== undefined
      ? [
          ['inner', padded(standardKey(newest), 0x36)],
          ['outer', padded(standardKey(newest), 0x5c)],
        ]
      : []
  return [
    ['hook', hook.id],
    ['folder', hook.folder],
    ['kind', hook.signature],
    ['repository', hook.repository ?? ''],
    ['events', event?.value ?? ''],
    ['rule', hookRule(hook)],
    ...pads,
  ]
}
