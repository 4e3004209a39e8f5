import { ipcRenderer } from 'electron'
import { consentMessages, settleMs } from './consent-messages'
import type { Fact, ShownQuestion } from './consent-question'

/** The page has no script. It is filled and heard from here, in a world that nothing in the page can reach. */

const element = <T extends keyof HTMLElementTagNameMap>(
  name: T,
  className: string,
  ...content: readonly (string | Node)[]
): HTMLElementTagNameMap[T] => {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...content)
  return made
}

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
      const block = element('div', 'lines', ...lines)
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

const fill = (question: ShownQuestion): { readonly yes: HTMLButtonElement; readonly no: HTMLButtonElement } => {
  document.documentElement.lang = question.language
  document.title = question.title
  const dialog = document.querySelector('[role=alertdialog]') ?? document.body
  dialog.classList.add(question.tone)
  const title = element('h1', '', question.title)
  title.id = 'title'
  const text = element('p', 'text', question.text)
  text.id = 'text'
  const facts = element('dl', '', ...question.facts.map(row))
  const body = element('div', 'body', text, ...(question.facts.length === 0 ? [] : [facts]))
  if (question.note !== '') body.append(element('p', 'note', question.note))
  const no = element('button', 'no', question.cancel)
  const yes = element('button', 'yes', question.verb)
  for (const button of [no, yes]) button.type = 'button'
  yes.disabled = true
  dialog.append(element('header', '', title), body, element('footer', '', no, yes))
  return { yes, no }
}

const start = async (): Promise<void> => {
  const question: ShownQuestion = await ipcRenderer.invoke(consentMessages.question)
  const { yes, no } = fill(question)
  const answer = (agreed: boolean) => ipcRenderer.send(consentMessages.answer, agreed)

  let shown = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The verb can be chosen when the dialog has been in front, with nothing typed, for a moment. */
  const settle = () => {
    clearTimeout(timer)
    yes.disabled = true
    if (!shown || !document.hasFocus() || document.visibilityState !== 'visible') return
    // A little longer than main counts, so that no click is lost.
    timer = setTimeout(() => {
      yes.disabled = false
    }, settleMs + 50)
  }
  window.addEventListener('focus', settle)
  window.addEventListener('blur', settle)
  document.addEventListener('visibilitychange', settle)
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') answer(false)
    else if (yes.disabled) settle()
  })
  no.addEventListener('click', (event) => event.isTrusted && answer(false))
  yes.addEventListener('click', (event) => event.isTrusted && answer(true))
  ipcRenderer.once(consentMessages.shown, () => {
    shown = true
    settle()
  })
  no.focus()
}

window.addEventListener('DOMContentLoaded', () => void start())
