import { ipcRenderer } from 'electron'
import { element } from './consent-element'
import { createEntry, type EntryFields } from './consent-entry'
import { consentMessages } from './consent-messages'
import type { Fact, ShownQuestion } from './consent-question'
import { createReadiness } from './consent-readiness'

/** The page has no script. It is filled and heard from here, in a world that nothing in the page can reach. */

/** Marks the end of what can be scrolled, so that it can be told whether that was in sight. */
const end = (): HTMLElement => element('span', 'end')

/** A fingerprint in pairs is broken between them, if anywhere. */
const breakable = (text: string): readonly (string | Node)[] =>
  text.split(/(?<=:)/).flatMap((part, index) => (index === 0 ? [part] : [document.createElement('wbr'), part]))

const shownValue = (fact: Fact): Node => {
  switch (fact.kind) {
    case 'text':
      return element('bdi', '', fact.value)
    case 'code':
      return element('code', '', ...breakable(fact.value))
    case 'change':
      return element(
        'div',
        'change',
        element('del', '', ...breakable(fact.before)),
        element('ins', '', ...breakable(fact.after)),
      )
    case 'lines': {
      const lines = fact.lines.map(({ mark, text }) =>
        element(
          mark === 'added' ? 'ins' : mark === 'removed' ? 'del' : 'span',
          `line ${mark}`,
          text === '' ? '\u00a0' : text,
        ),
      )
      const block = element('div', 'lines', ...lines, end())
      block.tabIndex = 0
      block.setAttribute('role', 'region')
      block.setAttribute('aria-label', fact.label)
      return block
    }
  }
}

/** A fingerprint or a command needs the whole width; short facts stand beside their labels. */
const row = (fact: Fact): HTMLElement =>
  element(
    'div',
    fact.kind === 'text' ? 'fact' : 'fact wide',
    element('dt', '', fact.label),
    element('dd', '', shownValue(fact)),
  )

/** What of the filled page is acted on. */
interface Filled {
  readonly yes: HTMLButtonElement
  readonly no: HTMLButtonElement
  readonly body: HTMLElement
  readonly unread: HTMLElement
  /** Null where nothing is to be typed. */
  readonly entry: EntryFields | null
}

const fill = (question: ShownQuestion): Filled => {
  document.documentElement.lang = question.language
  document.title = question.title
  const dialog = document.querySelector('[role=alertdialog]') ?? document.body
  dialog.classList.add(question.tone)
  const title = element('h1', '', question.title, end())
  title.id = 'title'
  const text = element('p', 'text', question.text)
  text.id = 'text'
  const facts = element('dl', '', ...question.facts.map(row))
  const body = element('div', 'body', text, ...(question.facts.length === 0 ? [] : [facts]))
  const entry = question.entry === undefined ? null : createEntry(question.entry, question.reveal)
  if (entry !== null) body.append(entry.element)
  if (question.note !== '') body.append(element('p', 'note', question.note))
  body.append(end())
  const unread = element('p', 'unread', question.unread)
  unread.id = 'unread'
  unread.hidden = true
  const no = element('button', 'no', question.cancel)
  const yes = element('button', 'yes', question.verb)
  for (const button of [no, yes]) button.type = 'button'
  yes.disabled = true
  dialog.append(element('header', '', title), body, element('footer', '', unread, no, yes))
  return { yes, no, body, unread, entry }
}

const start = async (): Promise<void> => {
  const question: ShownQuestion = await ipcRenderer.invoke(consentMessages.question)
  const { yes, no, body, unread, entry } = fill(question)
  const refuse = () => ipcRenderer.send(consentMessages.answer, null)
  const agree = () => ipcRenderer.send(consentMessages.answer, entry?.typed() ?? '')

  let shown = false
  let ready = false
  const enable = () => {
    yes.disabled = !ready || entry?.accepted() === false
  }
  entry?.onChange(enable)
  const unseen = new Set(document.querySelectorAll('.end'))
  const { begin, pressed } = createReadiness({
    isRead: () => shown && unseen.size === 0 && document.hasFocus() && document.visibilityState === 'visible',
    enable: (now) => {
      ready = now
      enable()
    },
  })
  const typing = ({ key, target }: KeyboardEvent) => key !== 'Enter' && target instanceof HTMLInputElement
  const sight = new IntersectionObserver((entries) => {
    if (!shown) return
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      unseen.delete(target)
      sight.unobserve(target)
    }
    unread.hidden = unseen.size === 0
    // By keyboard, only what can have the focus can be scrolled.
    if (unseen.size > 0) body.tabIndex = 0
    begin()
  })
  window.addEventListener('focus', begin)
  window.addEventListener('blur', begin)
  document.addEventListener('visibilitychange', begin)
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') refuse()
    // What is typed into a field answers nothing.
    else if (!typing(event)) pressed()
  })
  entry?.onEnter(() => !yes.disabled && agree())
  window.addEventListener('pointerdown', pressed)
  no.addEventListener('click', (event) => event.isTrusted && refuse())
  yes.addEventListener('click', (event) => event.isTrusted && agree())
  ipcRenderer.once(consentMessages.shown, () => {
    shown = true
    for (const place of unseen) sight.observe(place)
    begin()
  })
  if (entry === null) no.focus()
  else entry.focus()
}

window.addEventListener('DOMContentLoaded', () => void start())
