import { requireAddress } from '../../git/address'
import type { ClonePorts } from '../clones/ports'
import { runClone } from '../clones/run-clone'
import type { ResolvedSource } from './app-source'

/** A test clone from this computer, with the account's own login. */
export type CloneHere = (
  resolved: ResolvedSource,
  branch: string,
  signal: AbortSignal,
) => Promise<{ readonly commit: string }>

/** Goes the same way as the test clones of the window: by HTTPS for an account with an interface, else by its key. */
export const createCloneHere =
  (ports: ClonePorts): CloneHere =>
  async ({ source, repository, address }, branch, signal) => {
    const { accountId } = source
    const listed = repository === null ? null : { ...repository, accountId, key: `${accountId}/${repository.id}` }
    const { commit } = await runClone(ports, {
      source: {
        accountId,
        address: repository === null ? address : requireAddress(repository.httpsUrl),
        repository: listed,
        keyId: null,
      },
      mode: 'shallow',
      branch,
      folder: null,
      signal,
      onProgress: () => undefined,
    })
    return { commit }
  }
