import { type Facts, Failure, type FailureCode } from '../../src-preload/contract/outcome'
import type { Secret } from '../credentials/secret'
import { whySaid, whyTls } from '../network/unreached'
import { readNegotiation } from '../ssh/negotiation'
import { type CloneAddress, hostOf } from './address'
import type { GitExit } from './git'
import { cleanLine } from './redact'

/** What is known about the run that failed. */
export interface Attempt {
  readonly address: CloneAddress
  /** Branch that was asked for, or null for the default one. */
  readonly branch: string | null
  /** Whether git had a login to offer. */
  readonly hadCredential: boolean
  readonly proxy: string | null
  /** Cut out of everything that is repeated. */
  readonly secrets: readonly Secret[]
}

/** A line of git or ssh, and what it means. The first row that matches counts. */
interface Row {
  readonly says: RegExp
  readonly code: FailureCode
  readonly facts?: (match: RegExpExecArray, attempt: Attempt) => Facts
}

const why = (reason: string) => () => ({ why: reason })
const proxyFacts = (proxy: string | null): Facts => (proxy === null ? {} : { proxy: cleanLine(proxy) })
const proxyOf = (_: RegExpExecArray, { proxy }: Attempt): Facts => proxyFacts(proxy)

/** What a server writes about a request that it refuses; git shows it after `remote:`, an SSH server as it is. */
const serverRows: readonly Row[] = [
  { says: /\bSAML\b|\bSSO\b|single sign-on/i, code: 'sso-required' },
  { says: /\bIP (?:address )?allow ?list|IP address .* not (?:allowed|permitted)/i, code: 'access-restricted' },
  { says: /OAuth App access restrictions|third-party application/i, code: 'access-restricted' },
  { says: /required (?:privilege )?scopes?|insufficient[ _]scope|missing .*scope/i, code: 'scope-missing' },
  { says: /rate limit|too many requests/i, code: 'rate-limited' },
  {
    says: /(?:repository|project).*(?:not found|could not be found|no longer exists|does not exist)/i,
    code: 'not-found',
  },
  { says: /DENIED by fallthru|DENIED by refex/, code: 'not-found' },
  { says: /(?:access|permission).*denied|not allowed to download|unauthorized/i, code: 'access-denied' },
]

/** ssh(1). Host keys come first: what follows them in the output is only a consequence. */
const sshRows: readonly Row[] = [
  { says: /was revoked and you have requested|REVOKED HOST KEY/, code: 'host-key-refused' },
  { says: /REMOTE HOST IDENTIFICATION HAS CHANGED|has changed and you have requested/, code: 'host-key-changed' },
  { says: /^(?:No (\S+) host key is known|Host key verification failed)/m, code: 'host-key-unknown' },
  { says: /Too many authentication failures/, code: 'too-many-attempts' },
  { says: /no mutual signature (?:algorithm|supported)/, code: 'key-type-refused' },
  { says: /incorrect passphrase supplied/, code: 'passphrase-wrong' },
  { says: /Load key .*: (?:invalid format|error in libcrypto|unknown or unsupported)/, code: 'key-unreadable' },
  { says: /UNPROTECTED PRIVATE KEY FILE/, code: 'key-unreadable' },
  { says: /Permission denied \([a-z-]+(?:,[a-z-]+)*\)/, code: 'publickey-denied' },
  { says: /Could not resolve hostname/, code: 'host-not-found' },
  { says: /timed out during banner exchange|port \d+:? (?:Connection |Operation )?timed out/, code: 'timed-out' },
  {
    says: /port \d+: (?:Connection refused|No route to host|Network is unreachable)/,
    code: 'unreachable',
    facts: ([text]) => whySaid(text),
  },
  { says: /kex_exchange_identification|Connection (?:closed|reset) by/, code: 'connection-closed' },
  {
    // Where git should answer, a shell such as nologin(8) or a start-up file wrote. git shows four characters of it.
    says: /bad line length character: (.+)$/m,
    code: 'shell-refused',
    facts: ([, said = '']) => ({ why: 'speaks', message: `${said}…` }),
  },
  { says: /does not appear to be a git repository/, code: 'not-found' },
]

/** git-fsck(1), as a fetch that checks what it gets says it. */
const objectRows: readonly Row[] = [
  {
    // It may follow progress on the same line.
    says: /error: object ([0-9a-f]{40,64}): ([A-Za-z0-9]{1,40}): /,
    code: 'object-refused',
    facts: ([, object = '', check = '']) => ({ check, object }),
  },
  { says: /fatal: fsck error/, code: 'object-refused' },
]

/** libcurl, with GnuTLS, OpenSSL, Schannel and Secure Transport. */
const httpRows: readonly Row[] = [
  { says: /certificate has expired|CERT_E_EXPIRED/, code: 'certificate-untrusted', facts: why('expired') },
  { says: /not (?:yet valid|activated)/, code: 'certificate-untrusted', facts: why('not-yet-valid') },
  {
    says: /does not match target host|no alternative certificate subject name|hostname (?:does not match|mismatch)|CN_NO_MATCH/,
    code: 'certificate-untrusted',
    facts: why('wrong-host'),
  },
  { says: /self[- ]signed certificate(?! in)/, code: 'certificate-untrusted', facts: why('self-signed') },
  {
    says: /server certificate verification failed|server verification failed|SSL certificate problem|SEC_E_UNTRUSTED_ROOT|self[- ]signed certificate in|Invalid certificate chain/,
    code: 'certificate-untrusted',
    facts: why('unknown-issuer'),
  },
  { says: /error setting certificate (?:verify locations|file)/, code: 'storage-failed', facts: why('ca-file') },
  { says: /(?:response|error:|HTTP code) 407\b/, code: 'proxy-login', facts: proxyOf },
  {
    says: /SOCKS5.*(?:authenticat|unacceptable)|No authentication method was acceptable/i,
    code: 'proxy-login',
    facts: proxyOf,
  },
  {
    says: /Could not resolve proxy|Proxy CONNECT aborted|CONNECT tunnel failed|SOCKS/,
    code: 'unreachable',
    facts: proxyOf,
  },
  { says: /Could not resolve host/, code: 'host-not-found' },
  { says: /Operation too slow|Operation timed out|Connection timed out|Resolving timed out/, code: 'timed-out' },
  {
    says: /(?:Failed to connect to|Couldn't connect|Connection refused|Network is unreachable).*/,
    code: 'unreachable',
    facts: (match, attempt) => ({ ...whySaid(match[0]), ...proxyOf(match, attempt) }),
  },
  { says: /Authentication failed for/, code: 'auth-expired' },
  { says: /Empty reply from server|Connection was reset|Recv failure|Send failure/, code: 'connection-closed' },
  {
    says: /Received HTTP\/0\.9|unexpected TLS packet|wrong version number/,
    code: 'bad-answer',
    facts: why('not-http'),
  },
  {
    says: /(?:_handshake\(\) failed|SSL_ERROR|SSL_connect|TLS connect error).*/,
    code: 'unreachable',
    facts: ([text]) => whyTls(text),
  },
  { says: /^fatal: repository '.*' not found$/m, code: 'not-found' },
]

/** git itself. */
const gitRows: readonly Row[] = [
  // Where a file can be made and not be written, git names it without the system's reason.
  { says: /No space left on device|Disk quota exceeded|unable to write file [^:\n]*$/m, code: 'disk-full' },
  { says: /Remote branch .* not found|Could not find remote branch/, code: 'branch-missing' },
  { says: /You appear to have cloned an empty repository/, code: 'repository-empty' },
  { says: /could not create (?:work tree dir|leading directories)|Read-only file system/, code: 'storage-failed' },
  {
    says: /^error: invalid path '(.+)'$/m,
    code: 'path-refused',
    facts: ([, invalid = '']) => ({ path: invalid, why: 'name' }),
  },
  { says: /already exists and is not an empty directory/, code: 'folder-not-empty' },
  { says: /(?:transport|protocol) '.*' not allowed|strange (?:hostname|pathname) .* blocked/, code: 'address-refused' },
  {
    says: /bad line length|expected (?:service|flush)|protocol error|not valid: /,
    code: 'bad-answer',
    facts: why('not-git'),
  },
  { says: /dumb http transport does not support/, code: 'clone-refused' },
  {
    says: /bytes remaining to read|transfer closed|early EOF|hung up|unexpected disconnect|RPC failed/,
    code: 'connection-closed',
  },
]

/** Failures in which the remote has no part; whoever knows the folder adds it. */
const ofThisComputer: readonly FailureCode[] = ['disk-full', 'storage-failed', 'folder-not-empty']

const statusFailure = (status: number): FailureCode => {
  if (status >= 300 && status < 400) return 'moved'
  if (status === 401) return 'auth-expired'
  if (status === 403) return 'access-denied'
  if (status === 404 || status === 410) return 'not-found'
  if (status === 408 || status === 504) return 'timed-out'
  if (status === 429) return 'rate-limited'
  if (status === 451) return 'access-restricted'
  return status >= 500 ? 'server-error' : 'clone-refused'
}

/** Lines that say nothing about a failure. */
const noise = /^(?:Cloning into |warning: |\*\* |fatal: Could not read|Please make sure|and the repository exists)/i

/** Names the failure of a git that talked to a remote, from what it and the remote wrote. */
export const explainGit = (exit: GitExit, attempt: Attempt): Failure => {
  const { address, branch } = attempt
  const lines = exit.errors.map((line) => cleanLine(line, attempt.secrets)).filter((line) => line !== '')
  const remote = lines.filter((line) => line.startsWith('remote:')).map((line) => line.slice(7).trim())
  // What the remote wrote must not pass for something that git or ssh says.
  const local = lines.filter((line) => !line.startsWith('remote:')).join('\n')
  const said = address.kind === 'ssh' ? local : remote.join('\n')
  const host = hostOf(address)
  const path = address.path.replace(/\.git$/, '')
  const fail = (code: FailureCode, facts: Facts = {}): Failure => {
    if (ofThisComputer.includes(code)) return new Failure(code, facts)
    const asked: Facts = branch !== null && code === 'branch-missing' ? { branch: cleanLine(branch) } : {}
    return new Failure(code, { host, path, ...asked, ...facts })
  }

  const find = (rows: readonly Row[], text: string): Failure | null => {
    for (const { says, code, facts } of rows) {
      const match = says.exec(text)
      if (match) return fail(code, facts?.(match, attempt) ?? {})
    }
    return null
  }
  const negotiation = (text: string): Failure | null => {
    const failure = readNegotiation(text, host)
    return failure === null ? null : fail(failure.code, failure.facts)
  }
  const status = Number(/The requested URL returned error: (\d{3})/.exec(local)?.[1] ?? 0)
  const refused = status === 403 || status === 404 || status === 429 || address.kind === 'ssh'
  // With a refusal, the server's own words; else git's first complaint, of which the others are consequences.
  const complaint =
    lines.find((line) => /^fatal: (?!Could not read from remote)/.test(line)) ??
    lines.find((line) => !noise.test(line)) ??
    ''
  const message = status > 0 ? (remote.at(-1) ?? complaint) : complaint

  return (
    (address.kind === 'ssh' ? (find(sshRows, local) ?? negotiation(local)) : null) ??
    find(objectRows, local) ??
    (refused ? find(serverRows, said) : null) ??
    (status === 407 ? fail('proxy-login', proxyFacts(attempt.proxy)) : null) ??
    (status > 0 ? fail(statusFailure(status), { status: String(status), message }) : null) ??
    (/could not read (?:Username|Password)/.test(local)
      ? fail(attempt.hadCredential ? 'auth-expired' : 'access-denied')
      : null) ??
    (address.kind === 'https' ? find(httpRows, local) : null) ??
    find(gitRows, local) ??
    // A shell such as false(1) ends at once: ssh has nothing to complain of, and git got nothing.
    (address.kind === 'ssh' && message === '' && local.includes('Could not read from remote repository')
      ? fail('shell-refused', { why: 'silent' })
      : null) ??
    fail('clone-refused', { message })
  )
}
