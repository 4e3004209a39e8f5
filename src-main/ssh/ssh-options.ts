/**
 * Options of every ssh that we start (ssh_config(5)): nothing of the person's own configuration, agent or known hosts,
 * no question, no forwarding, no command of a configuration file, and a host key that is in the given file or no login.
 */
export const strictOptions = (options: {
  /** Our known_hosts file for this call. */
  readonly knownHosts: string
  /** Public half of the one key to offer; ssh finds the private half in the agent. Null offers whatever the agent has. */
  readonly identityFile: string | null
  /** Socket of the agent that holds the key, or null for none (then `identityFile` is a private key file). */
  readonly agentSocket: string | null
  /** The certificate of that key. */
  readonly certificateFile?: string | null
  readonly connectTimeout?: number
}): readonly string[] => [
  '-F',
  'none',
  ...[
    'BatchMode=yes',
    ...(options.identityFile === null ? [] : ['IdentitiesOnly=yes', `IdentityFile=${quoted(options.identityFile)}`]),
    ...(options.certificateFile ? [`CertificateFile=${quoted(options.certificateFile)}`] : []),
    `IdentityAgent=${options.agentSocket === null ? 'none' : quoted(options.agentSocket)}`,
    `UserKnownHostsFile=${quoted(options.knownHosts)}`,
    'GlobalKnownHostsFile=/dev/null',
    'StrictHostKeyChecking=yes',
    'UpdateHostKeys=no',
    'VerifyHostKeyDNS=no',
    'CheckHostIP=no',
    'PreferredAuthentications=publickey',
    'ForwardAgent=no',
    'ForwardX11=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    'ProxyCommand=none',
    'ControlMaster=no',
    'ControlPath=none',
    'RequestTTY=no',
    `ConnectTimeout=${options.connectTimeout ?? 10}`,
    'ServerAliveInterval=15',
    'ServerAliveCountMax=2',
  ].flatMap((option) => ['-o', option]),
]

/**
 * ssh_config strings: a path may hold spaces, so it is quoted, and a percent sign stands for itself only when doubled
 * (ssh_config(5), TOKENS). What a quote, a backslash or `${}` would become has no such way out.
 */
const quoted = (path: string): string => {
  const plain = process.platform === 'win32' ? path.replaceAll('\\', '/') : path
  if (/["\\\n\r]|\$\{/.test(plain)) throw new RangeError('This path cannot be given to ssh')
  return `"${plain.replaceAll('%', '%%')}"`
}

/** One shell word. `GIT_SSH_COMMAND` is run through a shell (git(1)). */
export const shellWord = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
