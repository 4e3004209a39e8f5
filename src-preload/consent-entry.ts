import { ipcRenderer } from 'electron'
import { element } from './consent-element'
import { consentMessages } from './consent-messages'
import type { Entry, EntryVerdict, ShownQuestion } from './consent-question'

/** The fields in which a secret is typed. */
export interface EntryFields {
  readonly element: HTMLElement
  typed(): string
  /** Whether it can be sent: accepted as it stands there now, and twice the same. */
  accepted(): boolean
  onChange(listener: () => void): void
  /** Enter in the last field; in the one before, it goes on to the next. */
  onEnter(listener: () => void): void
  focus(): void
}

const strongest = 4

interface Field {
  readonly element: HTMLElement
  readonly input: HTMLInputElement
  readonly words: HTMLElement
}

const createField = (id: string, label: string, ...end: readonly Node[]): Field => {
  const input = element('input', '')
  input.type = 'password'
  input.id = id
  input.autocomplete = 'off'
  input.spellcheck = false
  input.setAttribute('aria-describedby', `${id}-words`)
  const name = element('label', '', label)
  name.htmlFor = id
  const words = element('p', 'words')
  words.id = `${id}-words`
  words.setAttribute('aria-live', 'polite')
  return { element: element('div', 'field', name, element('div', 'box', input, ...end), words), input, words }
}

const createMeter = () => {
  const bars = Array.from({ length: strongest }, () => element('span', 'bar'))
  const meter = element('div', 'meter', ...bars)
  meter.setAttribute('aria-hidden', 'true')
  return {
    element: meter,
    show: (verdict: EntryVerdict | null) => {
      meter.className = `meter ${verdict === null ? '' : verdict.accepted ? 'enough' : 'too-little'}`
      // The weakest of all is seen, too.
      const lit = verdict === null ? 0 : Math.max(1, verdict.strength)
      for (const [index, bar] of bars.entries()) bar.classList.toggle('lit', index < lit)
    },
  }
}

/** Judges what is typed, one text at a time: what comes meanwhile waits, and only the last of it. */
const createJudging = (told: (typed: string, verdict: EntryVerdict | null) => void) => {
  let asked: string | null = null
  let next: string | null = null
  const ask = async (typed: string): Promise<void> => {
    asked = typed
    const verdict = await ipcRenderer.invoke(consentMessages.judge, typed).catch(() => null)
    told(typed, verdict)
    asked = null
    const waiting = next
    next = null
    if (waiting !== null && waiting !== typed) await ask(waiting)
  }
  return (typed: string) => {
    if (asked === null) void ask(typed)
    else next = typed
  }
}

/** Builds the fields of an entry. */
export const createEntry = (entry: Entry, { show, hide }: ShownQuestion['reveal']): EntryFields => {
  let changed = () => {}
  let entered = () => {}
  let judged: { readonly of: string; readonly verdict: EntryVerdict } | null = null
  const isNew = entry.kind === 'new-passphrase'

  const reveal = element('button', 'reveal', show)
  reveal.type = 'button'
  const first = createField('entry', entry.label, reveal)
  const again = entry.repeat === null ? null : createField('entry-repeat', entry.repeat.label)
  const fields = again === null ? [first] : [first, again]
  const meter = isNew ? createMeter() : null
  if (meter !== null) first.words.before(meter.element)
  if (!isNew && entry.about === '') first.words.remove()
  again?.words.classList.add('one-line')

  const verdictNow = () => (judged?.of === first.input.value ? judged.verdict : null)
  const differs = () => again !== null && again.input.value !== first.input.value
  const tell = () => {
    const verdict = verdictNow()
    const { value } = first.input
    if (isNew && (verdict !== null || value === '')) {
      meter?.show(verdict)
      const strength = verdict === null || verdict.strengthText === '' ? [] : [element('b', '', verdict.strengthText)]
      const said = verdict === null ? entry.about : verdict.problem
      first.words.replaceChildren(...strength, strength.length > 0 && said !== '' ? ` · ${said}` : said)
    }
    if (again !== null && entry.repeat !== null) {
      const isTyped = again.input.value !== '' && !first.input.value.startsWith(again.input.value)
      again.words.textContent = isTyped ? entry.repeat.different : ''
      again.input.setAttribute('aria-invalid', String(isTyped))
    }
    changed()
  }
  const judge = createJudging((of, verdict) => {
    judged = verdict === null ? null : { of, verdict }
    tell()
  })

  for (const [index, { input }] of fields.entries()) {
    input.addEventListener('input', () => {
      if (isNew && input === first.input && input.value !== '') judge(input.value)
      tell()
    })
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.isTrusted || event.isComposing) return
      const following = fields[index + 1]
      if (following === undefined) entered()
      else following.input.focus()
    })
  }
  reveal.addEventListener('click', () => {
    const shows = first.input.type === 'password'
    for (const { input } of fields) input.type = shows ? 'text' : 'password'
    reveal.textContent = shows ? hide : show
  })
  tell()

  return {
    element: element('div', 'entry', ...fields.map((field) => field.element)),
    typed: () => first.input.value,
    accepted: () => first.input.value !== '' && !differs() && (!isNew || verdictNow()?.accepted === true),
    onChange: (listener) => {
      changed = listener
    },
    onEnter: (listener) => {
      entered = listener
    },
    focus: () => first.input.focus(),
  }
}
