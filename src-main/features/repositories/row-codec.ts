import { array, literal, nullable, object, safeParse, string, tuple, unknown } from 'valibot'
import type { Page } from './account-rows'
import { type AddressForm, fold, type Pool, type Row } from './row'

/** Pages as they lie on disk. Rows are arrays, and what repeats is a number, so that a thousand rows parse in a millisecond. */
const Part = object({
  version: literal(1),
  forms: array(tuple([string(), nullable(string())])),
  pages: array(object({ url: nullable(string()), etag: nullable(string()), rows: array(unknown()) })),
})

/** A page with its rows. `page` is null for rows that belong to no page, e.g. those an incomplete list did not show. */
export interface StoredPage {
  readonly page: Pick<Page, 'url' | 'etag'> | null
  readonly rows: readonly Row[]
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

export const encodePages = (pages: readonly StoredPage[]): unknown => {
  const forms: AddressForm[] = []
  const numbers = new Map<AddressForm, number>()
  const numberOf = (form: AddressForm | null): number => {
    if (form === null) return -1
    const known = numbers.get(form)
    if (known !== undefined) return known
    numbers.set(form, forms.length)
    return forms.push(form) - 1
  }
  const encoded = pages.map(({ page, rows }) => ({
    url: page?.url ?? null,
    etag: page?.etag ?? null,
    rows: rows.map((row) => [
      row.id,
      row.path,
      row.owner === parentOf(row.path) ? null : row.owner,
      row.name,
      row.flags,
      row.pushedAt,
      row.language,
      row.defaultBranch,
      numberOf(row.https),
      numberOf(row.ssh),
      numberOf(row.web),
    ]),
  }))
  return { version: 1, forms: forms.map(({ before, after }) => [before, after]), pages: encoded }
}

/** Null when it is not what `encodePages` made; then the pages are read from the network again. */
export const decodePages = (value: unknown, accountId: string, pool: Pool): readonly StoredPage[] | null => {
  const parsed = safeParse(Part, value)
  if (!parsed.success) return null
  const forms = parsed.output.forms.map(([before, after]) => pool.form(before, after))
  const pages: StoredPage[] = []
  for (const { url, etag, rows } of parsed.output.pages) {
    const decoded: Row[] = []
    for (const row of rows) {
      const one = decodeRow(row, accountId, forms, pool)
      if (one === null) return null
      decoded.push(one)
    }
    pages.push({ page: url === null ? null : { url, etag }, rows: decoded })
  }
  return pages
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'

/** By hand: a schema would take ten times as long, and 100,000 rows are read before the first paint. */
const decodeRow = (value: unknown, accountId: string, forms: readonly AddressForm[], pool: Pool): Row | null => {
  if (!Array.isArray(value)) return null
  const [id, path, owner, name, flags, pushedAt, language, defaultBranch, https, ssh, web]: readonly unknown[] = value
  if (!isText(id) || !isText(path) || !isTextOrNull(owner) || !isTextOrNull(name)) return null
  if (!isTextOrNull(language) || !isTextOrNull(defaultBranch)) return null
  if (typeof flags !== 'number' || (pushedAt !== null && typeof pushedAt !== 'number')) return null
  const httpsForm = forms[Number(https)]
  const webForm = forms[Number(web)]
  if (httpsForm === undefined || webForm === undefined) return null
  return {
    accountId,
    id,
    path,
    folded: fold(path),
    owner: pool.text(owner ?? parentOf(path)),
    name,
    flags,
    pushedAt,
    language: language === null ? null : pool.text(language),
    defaultBranch: defaultBranch === null ? null : pool.text(defaultBranch),
    https: httpsForm,
    ssh: forms[Number(ssh)] ?? null,
    web: webForm,
    seen: 0,
    twin: false,
    gone: false,
  }
}
