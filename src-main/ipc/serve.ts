import { ipcMain } from 'electron'
import { type InferOutput, parse, safeParse } from 'valibot'
import type { Contract } from '../../src-preload/contract/method'
import { Failure, type Outcome } from '../../src-preload/contract/outcome'
import type { Consent, HandlersOf } from '../consented'
import type { Secret } from '../credentials/secret'
import type { Log } from '../log/log'
import { toFailureData } from './to-outcome'
import { isTrusted } from './trusted-sender'

/**
 * Serves every method of the contract: only to our own window, with the input parsed and consented to before the
 * handler sees it, and the output parsed before it leaves, so that a slip in a handler cannot leak a field.
 */
export const serve = <C extends Contract>(contract: C, handlers: HandlersOf<C>, consent: Consent, log: Log): void => {
  for (const [feature, methods] of Object.entries(contract)) {
    for (const [name, { input, output }] of Object.entries(methods)) {
      const handle = handlers[feature]?.[name] as (
        request: InferOutput<typeof input>,
        entered: Secret | null,
      ) => Promise<unknown>
      const where = `${feature}.${name}`
      ipcMain.handle(where, async (event, raw: unknown): Promise<Outcome<unknown>> => {
        const trusted = isTrusted(event.senderFrame)
        try {
          if (!trusted) throw new Failure('invalid-input', { where })
          const request = safeParse(input, raw)
          if (!request.success) throw new Failure('invalid-input', { where, field: fieldOf(request.issues) })
          const act = (entered: Secret | null) => handle(request.output, entered)
          return { ok: true, value: parse(output, await consent(feature, name, request.output, act)) }
        } catch (error) {
          return { ok: false, failure: toFailureData(error, log, where) }
        }
      })
    }
  }
}

/** Names the first field that was refused, never its value. */
const fieldOf = (issues: readonly { readonly path?: readonly { readonly key?: unknown }[] | undefined }[]): string =>
  (issues[0]?.path ?? []).map(({ key }) => String(key)).join('.') || 'input'
