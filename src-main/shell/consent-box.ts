import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Fact, ShownQuestion } from '../../src-preload/consent-question'

/** Characters that a message box of every system shows whole. */
const longest = 2500

const textOf = (fact: Fact): string => {
  switch (fact.kind) {
    case 'change':
      return `${fact.label}:\n− ${fact.before}\n+ ${fact.after}`
    case 'lines': {
      const signs = { plain: ' ', added: '+', removed: '−', omitted: '⋮' }
      return [`${fact.label}:`, ...fact.lines.map(({ mark, text }) => `${signs[mark]} ${text}`)].join('\n')
    }
    default:
      return `${fact.label}: ${fact.value}`
  }
}

/** What the system's message box says; null where it would not show all of it, or can't take what is to be typed. */
export const boxOptions = (question: ShownQuestion): MessageBoxOptions | null => {
  const { title, text, facts, note, verb, cancel, entry } = question
  const detail = [text, ...facts.map(textOf), note].filter((part) => part !== '').join('\n\n')
  return entry !== undefined || detail.length + title.length > longest
    ? null
    : {
        type: 'warning',
        title: 'CloudAIPilot',
        message: title,
        detail,
        buttons: [cancel, verb],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      }
}

/** Asks by the system's message box, where a window of our own can't be shown. What it can't show whole is refused. */
export const askByBox = async (question: ShownQuestion, parent: BrowserWindow | null): Promise<boolean> => {
  const options = boxOptions(question)
  if (options === null) return false
  const { response } = await (parent === null ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options))
  return response === 1
}
