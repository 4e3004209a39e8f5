import { type LocalAnswer, localRequest } from './local-request'
import { parseUrl } from './sign-in'

/** A form found on a page. */
interface Form {
  readonly method: string
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly buttons: readonly { readonly text: string; readonly name: string; readonly value: string }[]
}

/** A person with a browser, without the browser: keeps cookies, follows redirects within the forge, sends its forms. */
export interface Visitor {
  /** Opens an address and follows where it leads. */
  open(address: string): Promise<Visit>
  /**
   * Presses the button of that name, with fields set as given: a list for ticked boxes, one text for anything else.
   * Fields that are not named keep what the page had.
   */
  press(button: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Visit>
  readonly visit: Visit | null
}

/** Where the visitor is: on a page, or sent out of the forge. */
export interface Visit {
  /** The page's address, or the one outside that the forge sent the browser to. */
  readonly address: string
  readonly left: boolean
  readonly status: number
  readonly title: string
  readonly text: string
  readonly buttons: readonly string[]
}

const decodeEntities = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)
  return found ? decodeEntities(found[1] ?? '') : null
}

const inputsOf = (html: string): readonly (readonly [string, string])[] =>
  [...html.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): (readonly [string, string])[] => {
    const name = attribute(tag, 'name')
    const off = /type="(checkbox|radio)"/.test(tag) && !/\schecked\b/.test(tag)
    return name === null || off ? [] : [[name, attribute(tag, 'value') ?? '']]
  })

const formsOf = (html: string, address: string): readonly Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', content = '']) => ({
    method: (attribute(` ${tag}`, 'method') ?? 'get').toUpperCase(),
    action: new URL(attribute(` ${tag}`, 'action') ?? address, address).href,
    fields: inputsOf(content),
    buttons: [...content.matchAll(/(<button\b[^>]*>)([\s\S]*?)<\/button>/g)].map(([, button = '', text = '']) => ({
      text: decodeEntities(text).trim(),
      name: attribute(button, 'name') ?? '',
      value: attribute(button, 'value') ?? '',
    })),
  }))

const REDIRECTS = 10

/** A visitor with no cookies. */
export function newVisitor(): Visitor {
  const cookies = new Map<string, string>()
  let visit: Visit | null = null
  let forms: readonly Form[] = []

  const arrived = (address: string, answer: LocalAnswer): Visit => {
    forms = formsOf(answer.text, address)
    return {
      address,
      left: false,
      status: answer.status,
      title: decodeEntities(/<title>([\s\S]*?)<\/title>/.exec(answer.text)?.[1] ?? ''),
      text: decodeEntities(answer.text.replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, ' ')),
      buttons: forms.flatMap((form) => form.buttons.map(({ text }) => text)),
    }
  }

  const go = async (address: string, form?: URLSearchParams): Promise<Visit> => {
    let target = address
    let body = form
    for (let hop = 0; hop < REDIRECTS; hop += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await localRequest(target, {
        headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
        ...(body ? { method: 'POST', form: body } : {}),
      })
      for (const set of answer.headers['set-cookie']?.split(/,(?=\s*\w+=)/) ?? []) {
        const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=')
        cookies.set(name.trim(), value)
      }
      const { location } = answer.headers
      if (location === undefined) {
        visit = arrived(target, answer)
        return visit
      }
      const next = parseUrl(location) ?? new URL(location, target)
      if (next.host !== new URL(target).host || !/^https?:$/.test(next.protocol)) {
        forms = []
        visit = { address: location, left: true, status: answer.status, title: '', text: '', buttons: [] }
        return visit
      }
      target = next.href
      body = undefined
    }
    throw new Error(`The forge sends the browser round in circles: ${target}`)
  }

  return {
    get visit() {
      return visit
    },
    open: (address) => go(address),
    press: (name, fields = {}) => {
      const form = forms.find((one) => one.buttons.some((button) => button.text === name))
      const button = form?.buttons.find((one) => one.text === name)
      if (!form || !button)
        throw new Error(`There is no button "${name}" on ${visit?.address ?? 'no page'}: ${visit?.text}`)
      const kept = form.fields.filter(([field]) => !(field in fields))
      const set = Object.entries(fields).flatMap(([field, value]): [string, string][] =>
        typeof value === 'string' ? [[field, value]] : value.map((one): [string, string] => [field, one]),
      )
      const pressed: [string, string][] = button.name ? [[button.name, button.value]] : []
      const sent = new URLSearchParams([
        ...kept.map(([field, value]): [string, string] => [field, value]),
        ...set,
        ...pressed,
      ])
      if (form.method === 'POST') return go(form.action, sent)
      const bare = form.action.split('?')[0] ?? form.action
      return go(`${bare}?${sent}`)
    },
  }
}

/** What a person does on the authorize page. */
export interface Approval {
  /** Login; everybody's password is `password` unless the world says otherwise. */
  readonly as: string
  readonly password?: string
  /** Presses "Cancel" instead. */
  readonly deny?: boolean
  /** Leaves only these scopes ticked. */
  readonly scopes?: readonly string[]
  /** Further fields of the consent form, such as `selection:101`. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>
}

/**
 * Walks through sign-in, account choice and consent, and answers the address that the forge sends the browser to.
 * Throws when it ends on a page of the forge instead, with the page's text.
 */
export async function approve(address: string, approval: Approval): Promise<string> {
  const browser = newVisitor()
  let visit = await browser.open(address)
  const password = approval.password ?? 'password'
  if (visit.buttons.includes('Sign in')) visit = await browser.press('Sign in', { login: approval.as, password })
  const account = visit.buttons.find((button) => button.startsWith('Continue as '))
  if (account) visit = await browser.press(account)
  if (!visit.left) {
    const fields = { ...(approval.scopes ? { granted: approval.scopes } : {}), ...approval.fields }
    visit = await browser.press(approval.deny ? 'Cancel' : 'Authorize', fields)
  }
  if (!visit.left) throw new Error(`The forge kept the browser on "${visit.title}": ${visit.text.trim()}`)
  return visit.address
}
