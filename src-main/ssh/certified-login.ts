import type { BaseAgent, Client, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2'
import { Failure } from '../../src-preload/contract/outcome'
import type { Secret } from '../credentials/secret'
import type { Certificate } from './certificate'
import { oneKeyAgent } from './one-key-agent'
import type { LoginKey } from './ssh-login'
import { string } from './wire'

/** Types by which the certificate of a key is offered, and by which it signs (OpenSSH's PROTOCOL.certkeys). */
const algorithmOf = (type: string): string => (type === 'ssh-rsa' ? 'rsa-sha2-512' : type)

/** Keys that are offered by their certificate, and the type by which each signs. */
const certified = new WeakMap<object, string>()

/** A key whose certificate stands in place of its public half. */
const withCertificate = (key: ParsedKey, { type, blob }: Certificate): ParsedKey => {
  const offered: ParsedKey = Object.create(key, {
    type: { value: `${algorithmOf(type)}-cert-v01@openssh.com` },
    getPublicSSH: { value: () => blob },
  })
  certified.set(offered, algorithmOf(type))
  return offered
}

type Hash = 'sha1' | 'sha256' | 'sha512' | undefined

/** Who holds the private half: we, or a running agent. */
interface Holder {
  key(): Promise<ParsedKey>
  sign(key: ParsedKey, data: Buffer, hash: Hash): Promise<Buffer>
}

const heldHere = async (privateKey: Secret): Promise<Holder> => {
  const { utils } = (await import('ssh2')).default
  const key = utils.parseKey(privateKey.reveal())
  if (key instanceof Error) throw new Failure('key-unreadable', { reason: 'format' }, { cause: key })
  return {
    key: async () => key,
    sign: async (own, data, hash) => {
      const signature = own.sign(data, hash) as Buffer | Error
      if (signature instanceof Error) throw signature
      return signature
    },
  }
}

const heldByAgent = async (socket: string, publicKey: string): Promise<Holder> => {
  const agent = await oneKeyAgent(socket, publicKey)
  return {
    key: () =>
      new Promise((resolve, reject) => {
        agent.getIdentities((error, [key] = []) => (key === undefined ? reject(error) : resolve(key as ParsedKey)))
      }),
    sign: (key, data, hash) =>
      new Promise((resolve, reject) => {
        agent.sign(key, data, hash === undefined ? {} : { hash }, (error, signature) =>
          signature === undefined ? reject(error) : resolve(signature),
        )
      }),
  }
}

/** An agent that offers a key's certificate first, then the key alone. */
export const certifiedAgent = async (login: LoginKey, certificate: Certificate): Promise<BaseAgent> => {
  const { BaseAgent: Agent } = (await import('ssh2')).default
  const holder =
    login.kind === 'private' ? await heldHere(login.privateKey) : await heldByAgent(login.socket, login.publicKey)
  return new (class extends Agent<ParsedKey> {
    getIdentities(done: IdentityCallback<ParsedKey>) {
      holder.key().then((key) => done(undefined, [withCertificate(key, certificate), key]), done)
    }
    sign(key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, done?: SignCallback) {
      const answer = typeof options === 'function' ? options : done
      const isCertificate = certified.has(key)
      const own = isCertificate ? (Object.getPrototypeOf(key) as ParsedKey) : key
      const asked = typeof options === 'function' ? undefined : options.hash
      const hash = isCertificate && certificate.type === 'ssh-rsa' ? 'sha512' : asked
      holder.sign(own, data, hash).then((signature) => answer?.(undefined, signature), answer)
    }
  })() as BaseAgent
}

/** The parts of ssh2's own protocol object that its types do not tell of; the version of the library is fixed. */
interface Wire {
  authPK(user: string, key: ParsedKey, algorithm: string | undefined, sign?: Signing): void
  readonly _authsQueue: string[]
  readonly _kex: { readonly sessionID: Buffer }
  readonly _cipher: { encrypt(packet: Buffer): void }
  readonly _packetRW: {
    readonly write: { readonly allocStart: number; alloc(size: number): Buffer; finalize(packet: Buffer): Buffer }
  }
}
type Signing = (data: Buffer, done: (signature: Buffer) => void) => void

/** The two numbers of an ECDSA signature as SSH writes them (RFC 5656 section 3.1.2); DER has the same bytes. */
const plainSignature = (signature: Buffer): Buffer => {
  if (signature[0] !== 0x30) return signature
  let at = (signature[1] ?? 0) < 0x80 ? 2 : 3
  const next = () => {
    const length = signature[at + 1] ?? 0
    at += 2 + length
    return string(signature.subarray(at - length, at))
  }
  return Buffer.concat([next(), next()])
}

/**
 * Lets a client that connects log in by certificates: the library names a signature after the certificate's type, where
 * servers want that of the key.
 */
export const signByKeyType = (client: Client): void => {
  const wire = (client as unknown as { readonly _protocol: Wire })._protocol
  const offer = wire.authPK.bind(wire)
  wire.authPK = (user, key, algorithm, sign) => {
    const signatureType = certified.get(key)
    if (sign === undefined || signatureType === undefined) return offer(user, key, algorithm, sign)
    // What is signed is the identifier of the session and the request itself (RFC 4252 section 7).
    offer(user, key, algorithm, (data) =>
      sign(data, (signature) => {
        const request = data.subarray(4 + wire._kex.sessionID.length)
        const value = signature[0] === 0x30 && key.type.startsWith('ecdsa-') ? plainSignature(signature) : signature
        const payload = Buffer.concat([request, string(Buffer.concat([string(signatureType), string(value)]))])
        const { write } = wire._packetRW
        const packet = write.alloc(payload.length)
        packet.set(payload, write.allocStart)
        wire._authsQueue.push('publickey')
        wire._cipher.encrypt(write.finalize(packet))
      }),
    )
  }
}
