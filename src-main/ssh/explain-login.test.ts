import { expect, it } from 'vitest'
import { readSshLog } from './explain-login'

/** What OpenSSH 9.2 notes, shortened. */
const logs: readonly (readonly [log: string, code: string, facts?: Readonly<Record<string, string>>])[] = [
  ['me@h: Permission denied (publickey).', 'publickey-denied'],
  ['me@h: Permission denied (password,keyboard-interactive).', 'publickey-denied', { why: 'no-keys' }],
  ['Received disconnect from 127.0.0.1 port 22:2: Too many authentication failures', 'too-many-attempts'],
  ['send_pubkey_test: no mutual signature algorithm\nme@h: Permission denied (publickey).', 'key-type-refused'],
  [
    'debug1: kex_input_ext_info: server-sig-algs=<rsa-sha2-256,rsa-sha2-512>\nme@h: Permission denied (publickey).',
    'key-type-refused',
    { type: 'ssh-ed25519' },
  ],
  [
    'debug1: kex_input_ext_info: server-sig-algs=<ssh-ed25519,rsa-sha2-512>\nme@h: Permission denied (publickey).',
    'publickey-denied',
  ],
  [
    'Unable to negotiate with h port 22: no matching host key type found. Their offer: ssh-rsa',
    'no-common-algorithm',
    { what: 'host-key', theirs: 'ssh-rsa' },
  ],
  [
    'Authenticated using "publickey" with partial success.\nme@h: Permission denied (password,keyboard-interactive).',
    'second-factor-needed',
    { methods: 'password, keyboard-interactive' },
  ],
  ['No ED25519 host key is known for [h]:2222 and you have requested strict checking.', 'host-key-unknown'],
  ['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.', 'host-key-changed'],
  ['@       WARNING: REVOKED HOST KEY DETECTED!               @\nHost key verification failed.', 'host-key-refused'],
  ['ssh: connect to host h port 22: Connection timed out', 'timed-out'],
  ['Connection timed out during banner exchange', 'timed-out'],
  ['ssh: Could not resolve hostname h: Name or service not known', 'host-not-found'],
  ['ssh: connect to host h port 22: Connection refused', 'unreachable'],
  ['ssh: connect to host h port 22: No route to host', 'unreachable'],
  ['kex_exchange_identification: Connection closed by remote host', 'connection-closed'],
  ['', 'connection-closed'],
]

it.each(logs.map(([log, code, facts]) => ({ log, code, facts })))('$log', ({ log, code, facts }) => {
  const failure = readSshLog(log, 'h:2222', 'ssh-ed25519')
  expect(failure).toMatchObject({ code, facts: { host: 'h:2222', ...facts } })
})

it('takes an RSA key for refused only where no RSA signature is taken', () => {
  const log = (taken: string) => `server-sig-algs=<${taken}>\nPermission denied (publickey).`
  expect(readSshLog(log('rsa-sha2-256'), 'h', 'ssh-rsa').code).toBe('publickey-denied')
  expect(readSshLog(log('ssh-ed25519'), 'h', 'ssh-rsa').code).toBe('key-type-refused')
})
