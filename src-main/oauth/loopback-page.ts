import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import type { Language } from '../../src-preload/contract/language'
import { english } from './words'
import { german } from './words.de'

/** What the browser is told after it has brought an answer. */
export type Verdict = 'received' | 'denied' | 'foreign'

const style = `:root{color-scheme:light dark;--paper:#fff;--ink:#1c1e22;--soft:#5b616b}
@media (prefers-color-scheme:dark){:root{--paper:#16181d;--ink:#e8eaed;--soft:#a3a9b4}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:26rem;padding:2rem;text-align:center}h1{font-size:1.25rem;margin:0 0 .5rem}p{margin:0;color:var(--soft)}`

const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing runs, nothing is loaded, nobody frames it, and the address with the code in it is told to nobody. */
export const pageHeaders: OutgoingHttpHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  connection: 'close',
}

/** The page itself, in the browser's light or dark colours. */
export const loopbackPage = (verdict: Verdict, language: Language): string => {
  const { title, text } = (language === 'de' ? german : english)[verdict]
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
}
