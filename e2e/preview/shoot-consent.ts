import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { judgePassphrase } from '../../src-main/credentials/passphrase/judge-passphrase'
import { entryVerdict } from '../../src-main/features/consent/entry-verdict'
import { visibleQuestion } from '../../src-main/features/consent/visible-text'
import { consentWordsIn } from '../../src-main/features/consent/words'
import type { ShownQuestion } from '../../src-preload/consent-question'
import { languages } from '../../src-preload/contract/language'
import { consentQuestions, typedInto } from './consent-questions'
import { serve } from './serve'

const width = 520
/** As high as its window gets at most, in pixels. */
const mostHeight = 560

/** Photographs the dialogs in which main asks for consent, made of main's own questions, page and preload. */
export const shootConsent = async (parts: {
  readonly browser: Browser
  readonly root: string
  /** The built preload, which fills the page. */
  readonly preload: string
  /** English only, as the documentation shows them. */
  readonly forDocs: boolean
  readonly wanted: (name: string) => boolean
  readonly target: (name: string, appearance: string) => string
  readonly look: (page: Page, name: string) => Promise<void>
}): Promise<number> => {
  const { browser, root, preload, forDocs } = parts
  const server = await serve(join(root, 'resources/consent'))
  const take = async (
    name: string,
    question: ShownQuestion,
    typed: readonly string[],
    appearance: 'light' | 'dark',
  ) => {
    const context = await browser.newContext({ viewport: { width, height: mostHeight }, colorScheme: appearance })
    const page = await context.newPage()
    await page.exposeFunction('judge', (text: string) =>
      entryVerdict(judgePassphrase(text), consentWordsIn(question.language).vault),
    )
    await page.addInitScript({ content: `window.question=${JSON.stringify(question)};${preload}` })
    await page.goto(server.url)
    await page.locator('footer .yes').waitFor()
    const { height } = (await page.getByRole('alertdialog').boundingBox()) ?? { height: mostHeight }
    await page.setViewportSize({ width, height: Math.min(Math.ceil(height), mostHeight) })
    for (const [index, text] of typed.entries()) await page.locator('input').nth(index).fill(text)
    await page.locator(typed.length < 2 || typed[0] === typed[1] ? '.yes:enabled' : '.too-little').waitFor()
    await page.screenshot({ path: parts.target(name, appearance) })
    await parts.look(page, `${name}-${appearance}`)
    await context.close()
  }
  let count = 0
  for (const language of forDocs ? (['en'] as const) : languages) {
    for (const [subject, ask] of Object.entries(consentQuestions(language))) {
      const question = await ask()
      const name = `consent-${subject}${language === 'en' ? '' : `-${language}`}`
      if (question === null || !parts.wanted(name)) continue
      count += 1
      const { cancel, unread, reveal } = consentWordsIn(language)
      for (const appearance of ['light', 'dark'] as const) {
        await take(
          name,
          visibleQuestion({ ...question, language, cancel, unread, reveal }),
          typedInto[subject] ?? [],
          appearance,
        )
      }
    }
  }
  server.close()
  return count
}
