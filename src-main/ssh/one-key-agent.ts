import type { BaseAgent, ParsedKey } from 'ssh2'
import { parsePublicKey } from './public-key'

/**
 * The person's agent, reduced to one key: a server counts every key that is offered, and must not learn of the others.
 * @param socket of the running agent
 */
export const oneKeyAgent = async (socket: string, publicKey: string): Promise<BaseAgent> => {
  const { OpenSSHAgent } = (await import('ssh2')).default
  const wanted = parsePublicKey(publicKey).blob
  const agent = new OpenSSHAgent(socket)
  const all = agent.getIdentities.bind(agent)
  agent.getIdentities = (done) =>
    all((error, keys) => {
      if (error || keys === undefined) return done(error ?? new Error('The agent does not answer'))
      done(
        undefined,
        (keys as readonly ParsedKey[]).filter((key) => Buffer.from(key.getPublicSSH()).equals(wanted)),
      )
    })
  return agent
}
