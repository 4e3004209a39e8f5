import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Session, session } from 'electron'
import { ownOf } from '../../src-preload/contract/own'
import { scheme } from './app-origin'
import { denyPermissions } from './hardening'

/** Where the dialog's page is, apart from the window's: neither can load anything of the other. */
export const consentPage = `${scheme}://consent/`

/** All that there is to load. The page has no script of its own. */
const files: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  [consentPage]: { name: 'index.html', type: 'text/html; charset=utf-8' },
  [`${consentPage}consent.css`]: { name: 'consent.css', type: 'text/css; charset=utf-8' },
}

const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

let prepared: Session | null = null

/** The session of the dialog: in memory, without permissions, with two files and no network. */
export const consentSession = (resources: string): Session => {
  if (prepared !== null) return prepared
  const own = session.fromPartition('consent', { cache: false })
  denyPermissions(own)
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !Object.hasOwn(files, url) }))
  own.protocol.handle(scheme, async ({ method, url }) => {
    const file = method === 'GET' ? ownOf(files, url) : undefined
    if (file === undefined) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(await readFile(join(resources, 'consent', file.name))), {
      headers: {
        'content-type': file.type,
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    })
  })
  prepared = own
  return own
}
