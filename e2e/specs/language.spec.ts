import type { Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { goTo } from '../pages/sidebar'

/** Chooses a language in the settings; the page that comes is another one. */
const speak = async (window: Page, group: string, language: string, heading: string) => {
  await window.getByRole('radiogroup', { name: group }).getByRole('radio', { name: language }).click()
  await expect(window.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
}

test('the language is chosen in the settings, holds for the next start, and goes back', async ({ launch }) => {
  const app = await launch()
  const window = await readyWindow(app)
  await goTo(window, 'General')
  await speak(window, 'Language', 'Deutsch', 'Allgemein')
  await expect(window.locator('html')).toHaveAttribute('lang', 'de')
  await expect(window.getByRole('navigation', { name: 'Hauptnavigation' })).toBeVisible()
  const menu = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
  expect(await menu()).toContain('&Bearbeiten')
  await app.close()

  const again = await readyWindow(await launch())
  await again.getByRole('link', { name: 'Allgemein' }).click()
  await speak(again, 'Sprache', 'English', 'General')
  await expect(again.locator('html')).toHaveAttribute('lang', 'en')
})
