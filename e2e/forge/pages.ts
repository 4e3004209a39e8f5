import { randomBytes } from 'node:crypto'
import type { Call } from './call'
import type { Person } from './entities'
import { html, type Reply, redirect, withHeaders } from './reply'

/** Text made safe inside HTML and its quoted attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const STYLE = `
:root{color-scheme:light dark;--line:light-dark(#d0d7de,#30363d);--soft:light-dark(#f6f8fa,#161b22);--go:#1f883d}
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:light-dark(#fff,#0d1117);color:light-dark(#1f2328,#e6edf3)}
header{padding:16px 32px;border-bottom:1px solid var(--line);background:var(--soft);font-weight:600}
main{max-width:560px;margin:40px auto;padding:0 24px}
h1{font-size:24px;font-weight:500}form{margin:24px 0}
section,fieldset{border:1px solid var(--line);border-radius:8px;padding:16px;margin:16px 0}
label{display:block;margin:8px 0}input:not([type=checkbox]):not([type=radio]){font:inherit;width:100%;box-sizing:border-box;padding:8px;border:1px solid var(--line);border-radius:6px}
button{font:inherit;padding:8px 20px;margin:8px 8px 0 0;border-radius:6px;border:1px solid var(--line);background:var(--soft);color:inherit;cursor:pointer}
button.go{background:var(--go);border-color:var(--go);color:#fff}
[role=alert]{border-left:4px solid #cf222e;padding-left:12px}`

/** A whole page in the forge's plain look. `body` is HTML already. */
export const page = (brand: string, title: string, body: string, status = 200): Reply =>
  html(
    status,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${escaped(title)}</title><style>${STYLE}</style></head><body><header>${escaped(brand)}</header>` +
      `<main><h1>${escaped(title)}</h1>${body}</main></body></html>`,
  )

/** Hidden fields that carry a request's parameters through a form. */
export const hidden = (fields: Iterable<readonly [string, string]>): string =>
  [...fields].map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('')

const COOKIE = 'forge_session'

const sessionOf = (call: Call): string | null =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([0-9a-f]+)`).exec(call.headers.cookie ?? '')?.[1] ?? null

/** Who is signed in with this browser, or null. */
export function visitor(call: Call): Person | null {
  const session = sessionOf(call)
  return session ? (call.forge.sessions.get(session) ?? null) : null
}

/** Where an address of this forge lies, with the base path it is installed under. */
export const sitePath = (call: Call, path: string): string => `${call.forge.basePath}${path}`

/** Sends the browser to sign in, and back to the address it asked for. */
export const toSignIn = (call: Call, path: string): Reply => {
  const back = new URLSearchParams({ return_to: `${call.path}${call.query.size > 0 ? `?${call.query}` : ''}` })
  return redirect(sitePath(call, `${path}?${back}`))
}

/** The sign-in form. */
export const signInPage = (call: Call, brand: string, problem = ''): Reply =>
  page(
    brand,
    `Sign in to ${brand}`,
    `${problem ? `<p role="alert">${escaped(problem)}</p>` : ''}
<form method="post">${hidden([['return_to', call.query.get('return_to') ?? '/']])}
<label>Username or email address<input name="login" autocomplete="username" required autofocus></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required></label>
<button class="go">Sign in</button></form>`,
    problem ? 422 : 200,
  )

/** Checks what was typed into the sign-in form and starts a session in this browser. */
export async function signIn(call: Call, brand: string): Promise<Reply> {
  const fields = await call.fields()
  const person = call.forge.world.findPerson(fields.get('login') ?? '')
  if (!person || person.password !== fields.get('password')) {
    return signInPage(call, brand, 'Incorrect username or password.')
  }
  const session = randomBytes(16).toString('hex')
  call.forge.sessions.set(session, person)
  const back = fields.get('return_to') ?? '/'
  const own = back.startsWith('/') && !back.startsWith('//') ? back : '/'
  return withHeaders(redirect(sitePath(call, own)), {
    'set-cookie': `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`,
  })
}

/** Ends this browser's session. */
export function signOut(call: Call): void {
  const session = sessionOf(call)
  if (session) call.forge.sessions.delete(session)
}
