import { describe, expect, it } from 'vitest'
import type { Facts, FailureCode } from '../../src-preload/contract/outcome'
import { Secret } from '../credentials/secret'
import { requireAddress } from './address'
import { explainGit } from './explain'

const ending = [
  'fatal: Could not read from remote repository.',
  'Please make sure you have the correct access rights',
  'and the repository exists.',
]
const ssh: readonly [code: FailureCode, lines: readonly string[]][] = [
  // OpenSSH 9.2
  [
    'host-key-unknown',
    [
      'No ED25519 host key is known for [127.0.0.1]:7731 and you have requested strict checking.',
      'Host key verification failed.',
    ],
  ],
  [
    'host-key-changed',
    [
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
      'IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!',
      'Offending ED25519 key in /home/me/known_hosts:1',
      'Host key for [127.0.0.1]:7731 has changed and you have requested strict checking.',
      'Host key verification failed.',
    ],
  ],
  [
    'host-key-refused',
    [
      '@       WARNING: REVOKED HOST KEY DETECTED!               @',
      'ED25519 host key for [127.0.0.1]:7731 was revoked and you have requested strict checking.',
      'Host key verification failed.',
    ],
  ],
  ['publickey-denied', ['root@127.0.0.1: Permission denied (publickey).']],
  // nologin, a start-up file that greets, false
  ['shell-refused', ['fatal: protocol error: bad line length character: This']],
  [
    'shell-refused',
    [
      'fatal: protocol error: bad line length character: Welc',
      "fatal: '~/x.git' does not appear to be a git repository",
    ],
  ],
  ['shell-refused', []],
  ['publickey-denied', ['git@example.com: Permission denied (publickey,password,keyboard-interactive).']],
  [
    'too-many-attempts',
    [
      'Received disconnect from 127.0.0.1 port 7734:2: Too many authentication failures',
      'Disconnected from 127.0.0.1 port 7734',
    ],
  ],
  [
    'key-type-refused',
    ['sign_and_send_pubkey: no mutual signature supported', 'git@example.com: Permission denied (publickey).'],
  ],
  ['key-unreadable', ['Load key "/run/key": error in libcrypto', 'git@example.com: Permission denied (publickey).']],
  [
    'no-common-algorithm',
    ['Unable to negotiate with 127.0.0.1 port 7731: no matching host key type found. Their offer: ssh-ed25519'],
  ],
  ['unreachable', ['ssh: connect to host 127.0.0.1 port 1: Connection refused']],
  ['unreachable', ['ssh: connect to host 10.0.0.1 port 22: No route to host']],
  ['timed-out', ['ssh: connect to host 10.0.0.1 port 22: Connection timed out']],
  ['timed-out', ['Connection timed out during banner exchange', 'Connection to 127.0.0.1 port 7736 timed out']],
  ['host-not-found', ['ssh: Could not resolve hostname no-such.invalid: Name or service not known']],
  [
    'connection-closed',
    ['kex_exchange_identification: read: Connection reset by peer', 'Connection reset by 127.0.0.1 port 7735'],
  ],
  ['connection-closed', ['kex_exchange_identification: Connection closed by remote host']],
  ['not-found', ["fatal: '/nope.git' does not appear to be a git repository"]],
  // what git hosts say over SSH
  ['not-found', ['ERROR: Repository not found.']],
  ['not-found', ['FATAL: R any app me DENIED by fallthru', '(or you mis-spelled the reponame)']],
  [
    'not-found',
    [
      'remote: ERROR: The project you were looking for could not be found.',
      "ERROR: The project you were looking for could not be found or you don't have permission to view it.",
    ],
  ],
  // a fetch that checks what it gets
  [
    'object-refused',
    [
      'error: object 9f2dbe63a2f3d1ef3a4e4a4d6b4ac7d1f84b5e9c: hasDotgit: contains .git',
      'fatal: fsck error in packed object',
    ],
  ],
  ['object-refused', ['fatal: fsck error in packed object']],
  ['sso-required', ["ERROR: The 'x' organization has enabled or enforced SAML SSO."]],
]

const unable = (text: string) => [`fatal: unable to access 'https://example.com/o/r/': ${text}`]
const http: readonly [code: FailureCode, lines: readonly string[], facts?: Facts][] = [
  // libcurl with GnuTLS
  [
    'certificate-untrusted',
    unable('server certificate verification failed. CAfile: none CRLfile: none'),
    { why: 'unknown-issuer' },
  ],
  [
    'certificate-untrusted',
    unable("SSL: certificate subject name (localhost) does not match target host name '127.0.0.1'"),
    { why: 'wrong-host' },
  ],
  ['unreachable', unable('gnutls_handshake() failed: Handshake failed'), { why: 'tls-failed' }],
  [
    'unreachable',
    unable('TLS connect error: error:0A00042E:SSL routines::tlsv1 alert protocol version'),
    { why: 'tls' },
  ],
  ['bad-answer', unable('gnutls_handshake() failed: An unexpected TLS packet was received.'), { why: 'not-http' }],
  // with OpenSSL
  ['certificate-untrusted', unable('SSL certificate problem: self signed certificate'), { why: 'self-signed' }],
  [
    'certificate-untrusted',
    unable('SSL certificate problem: self-signed certificate in certificate chain'),
    { why: 'unknown-issuer' },
  ],
  [
    'certificate-untrusted',
    unable('SSL certificate problem: unable to get local issuer certificate'),
    { why: 'unknown-issuer' },
  ],
  ['certificate-untrusted', unable('SSL certificate problem: certificate has expired'), { why: 'expired' }],
  [
    'certificate-untrusted',
    unable("SSL: no alternative certificate subject name matches target host name 'example.com'"),
    { why: 'wrong-host' },
  ],
  ['proxy-login', unable('CONNECT tunnel failed, response 407'), { proxy: 'http://proxy.example:3128' }],
  ['proxy-login', unable('Received HTTP code 407 from proxy after CONNECT'), { proxy: 'http://proxy.example:3128' }],
  ['proxy-login', unable('The requested URL returned error: 407')],
  ['unreachable', unable('Proxy CONNECT aborted'), { proxy: 'http://proxy.example:3128' }],
  ['unreachable', unable('Could not resolve proxy: proxy.example'), { proxy: 'http://proxy.example:3128' }],
  ['unreachable', unable('Received invalid version in initial SOCKS5 response.')],
  ['unreachable', unable("Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server")],
  ['host-not-found', unable('Could not resolve host: example.com')],
  ['timed-out', unable('Operation too slow. Less than 1 bytes/sec transferred the last 30 seconds')],
  ['connection-closed', unable('Empty reply from server')],
  ['connection-closed', unable('transfer closed with 966 bytes remaining to read')],
  ['bad-answer', unable('Received HTTP/0.9 when not allowed'), { why: 'not-http' }],
  ['bad-answer', ['fatal: protocol error: bad line length character: <htm'], { why: 'not-git' }],
  [
    'auth-expired',
    ['remote: HTTP Basic: Access denied.', "fatal: Authentication failed for 'https://example.com/o/r/'"],
  ],
  ['auth-expired', ["fatal: could not read Username for 'https://example.com': terminal prompts disabled"]],
  [
    'not-found',
    ['remote: Repository not found.', "fatal: repository 'https://example.com/o/r/' not found"],
    { path: 'o/r' },
  ],
  [
    'access-denied',
    [
      'remote: You are not allowed to download code from this project.',
      ...unable('The requested URL returned error: 403'),
    ],
  ],
  ['disk-full', ['fatal: write error: No space left on device', 'fatal: fetch-pack: invalid index-pack output']],
  ['disk-full', ['error: unable to write file large', "fatal: Could not reset index file to revision 'HEAD'."]],
  ['storage-failed', ["fatal: could not create work tree dir '/root/x': Permission denied"]],
  [
    'connection-closed',
    ['error: RPC failed; curl 18 transfer closed with outstanding read data remaining', 'fatal: early EOF'],
  ],
  [
    'clone-refused',
    ["fatal: remote error: filter 'tree' not supported"],
    { message: "fatal: remote error: filter 'tree' not supported" },
  ],
  ['clone-refused', ['fatal: something new'], { message: 'fatal: something new' }],
  ['clone-refused', [], { message: '' }],
]

const attempt = {
  branch: null,
  hadCredential: true,
  proxy: 'http://proxy.example:3128',
  secrets: [new Secret('t0ken')],
}

describe('explainGit', () => {
  it.each(ssh)('reads %s from ssh', (code, lines) => {
    const address = requireAddress('ssh://git@example.com:2222/o/r.git')
    const failure = explainGit(
      { code: 128, stdout: '', errors: [...lines.map((line) => `${line}\r`), ...ending] },
      { ...attempt, address },
    )
    expect(failure).toMatchObject({ code, facts: { host: 'example.com:2222', path: 'o/r' } })
  })

  it.each(http)('reads %s from %j', (code, errors, facts = {}) => {
    const address = requireAddress('https://example.com/o/r.git')
    const failure = explainGit({ code: 128, stdout: '', errors }, { ...attempt, address })
    expect(failure).toMatchObject({ code, facts })
    // The folder, and not the repository, is what a full disk is about.
    if (code === 'disk-full') expect(failure.facts).toEqual({})
  })

  it('repeats what an SSH server said, and not what git makes of it', () => {
    const address = requireAddress('git@example.com:o/r.git')
    const errors = ["Cloning into bare repository '/tmp/x'...", 'Your account is suspended.', ...ending]
    const failure = explainGit({ code: 128, stdout: '', errors }, { ...attempt, address })
    expect(failure).toMatchObject({ code: 'clone-refused', facts: { message: 'Your account is suspended.' } })
  })

  it('takes nothing that the remote writes for a word of git', () => {
    const address = requireAddress('https://example.com/o/r.git')
    const errors = [
      'remote: fatal: write error: No space left on device',
      'remote: The requested URL returned error: 401 t0ken https://me:t0ken@example.com',
      ...unable('The requested URL returned error: 500'),
    ]
    const failure = explainGit({ code: 128, stdout: '', errors }, { ...attempt, address })
    expect(failure).toMatchObject({ code: 'server-error', facts: { status: '500' } })
    expect(JSON.stringify(failure.facts)).not.toContain('t0ken')
  })
})
