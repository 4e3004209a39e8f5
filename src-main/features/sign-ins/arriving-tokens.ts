import type { OAuthCredential } from '../../credentials/credential'
import { encodeReceived, receivedName } from '../accounts/received-sign-in'
import type { FlowParts } from './flow'
import type { LiveSignIn } from './stage'

/** The place for tokens that are about to be asked for. */
export interface ArrivingTokens {
  /** A kill can't lose them from here on: the next start goes on with them. Never rejects. */
  keep(credential: OAuthCredential): Promise<void>
  /** The sign-in is over, well or not. */
  close(): Promise<void>
}

/**
 * Takes the place for a sign-in's tokens, because a code works once. A vault that has none to give costs the way back after
 * a kill, not the sign-in.
 */
export const expectTokens = async (
  { ports: { vault, log } }: Pick<FlowParts, 'ports'>,
  { provider, host, reconnects }: LiveSignIn,
): Promise<ArrivingTokens> => {
  const warn = (error: unknown) => log.error('Tokens could not be kept at their arrival', { error })
  try {
    await vault.delete(receivedName)
    const ahead = await vault.writeAhead(receivedName)
    return {
      keep: (credential) =>
        ahead.write(encodeReceived({ bound: { provider: provider.id, host, credential }, reconnects })).catch(warn),
      close: ahead.close,
    }
  } catch (error) {
    warn(error)
    return { keep: async () => undefined, close: async () => undefined }
  }
}
