import type { SshAddress } from '../../../src-preload/contract/entities/ssh-key'
import { Failure } from '../../../src-preload/contract/outcome'
import { type CloneAddress, parseAddress, requireAddress } from '../../git/address'
import { readAlias, type SshAlias } from '../../ssh/ssh-config'

/** User, host, port and path of an SSH address in either form, as far as they are there. */
const sshForm = /^(?:ssh:\/\/)?(?:([^@/:]+)@)?([\w.-]+)(?::(\d{1,5})(?=\/))?(?::(?!\/\/)|(?<=^ssh:\/\/[^/]*)\/)(.+)$/i

const facts = ({ name, hostName, port, user, identityFile, proxyJump }: SshAlias): Record<string, string> => ({
  alias: name,
  hostName,
  ...(port !== null && { port: String(port) }),
  ...(user !== null && { user }),
  ...(identityFile !== null && { identityFile }),
  ...(proxyJump !== null && { proxyJump }),
})

/** The address behind an alias, or null where the address names none. */
const behindAlias = (text: string, config: () => string): Record<string, string> | null => {
  const [, typedUser, name, typedPort, path = ''] = sshForm.exec(text.trim()) ?? []
  const alias = name === undefined ? null : readAlias(config(), name)
  if (alias === null) return null
  const user = typedUser ?? alias.user ?? 'git'
  const port = typedPort ?? alias.port
  const meant = parseAddress(
    port === null
      ? `${user}@${alias.hostName}:${path}`
      : `ssh://${user}@${alias.hostName}:${port}/${path.replace(/^\//, '')}`,
  )
  return { reason: 'alias', ...facts(alias), ...(meant.ok && { corrected: meant.address.url }) }
}

/** The SSH form that an HTTPS clone address most likely has. */
const sshFormOf = ({ host, path }: CloneAddress): string => `git@${host}:${path}`

/**
 * An SSH clone address in its parts.
 * @param config the person's own SSH configuration, whose aliases mean nothing to anybody else
 * @throws Failure `address-refused` with `reason` and perhaps `corrected`; `alias` with what the alias stands for
 */
export const readSshAddress = (text: string, config: () => string = () => ''): SshAddress => {
  const alias = behindAlias(text, config)
  if (alias !== null) throw new Failure('address-refused', alias)
  const parsed = parseAddress(text)
  if (!parsed.ok && parsed.reason === 'page' && parsed.corrected !== null) {
    const corrected = sshFormOf(requireAddress(parsed.corrected))
    throw new Failure('address-refused', {
      reason: 'page',
      corrected,
      ...(parsed.branch !== undefined && { branch: parsed.branch.slice(0, 255) }),
    })
  }
  const address = requireAddress(text)
  if (address.kind !== 'ssh') throw new Failure('address-refused', { reason: 'not-ssh', corrected: sshFormOf(address) })
  const { user, host, port, path, url } = address
  return { user, host, port: port ?? 22, path, address: url }
}
