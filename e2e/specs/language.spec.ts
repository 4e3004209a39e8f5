import type { Page } from '@playwright/test'
import { expect, readyWindow, test } from '../fixtures/app'
import { quit } from '../fixtures/quit'
import { goTo } from '../pages/sidebar'

/** Chooses a language in the settings; the page that comes is another one. */
const speak = async (window: Page, group: string, language: string, heading: string) => {
  await window.getByRole('radiogroup', { name: group }).getByRole('radio', { name: language }).click()
  await expect(window.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
}

/** A failure, a date and the wizard, as somebody meets them who reads German. */
const speaksGerman = async (window: Page) => {
  await window.getByLabel('Git-Programm').fill('git')
  await window.getByRole('button', { name: 'Speichern' }).click()
  await expect(window.getByRole('alert')).toContainText('Der Pfad des Git-Programms ist ungültig.')

  await window.getByRole('link', { name: 'SSH-Schlüssel' }).click()
  await window.getByRole('button', { name: 'Neuer SSH-Schlüssel' }).click()
  const dialog = window.getByRole('dialog', { name: 'Neuer SSH-Schlüssel' })
  await dialog.getByRole('button', { name: 'Schlüssel erzeugen' }).click()
  await expect(dialog).toBeHidden()
  const made = window.getByText('gerade eben')
  // A person's pointer is never quite still: one that rests from the first frame on would not be noticed.
  await expect(async () => {
    await window.mouse.move(0, 0)
    await made.hover()
    await expect(window.getByRole('tooltip')).toHaveText(/^\d{1,2}\. \p{L}+ \d{4} um \d{2}:\d{2}$/u, { timeout: 2000 })
  }).toPass()

  await window.getByRole('link', { name: 'Git-Konten' }).click()
  await window.getByRole('button', { name: 'Git-Konto verbinden' }).click()
  await window.getByRole('button', { name: 'Andere (SSH-Schlüssel)' }).click()
  await expect(window.getByRole('heading', { name: 'Mit SSH-Schlüssel verbinden' })).toBeVisible()
}

test('the language is chosen in the settings, holds for the next start, and goes back', async ({ launch }) => {
  const app = await launch()
  const window = await readyWindow(app)
  await goTo(window, 'General')
  await speak(window, 'Language', 'Deutsch', 'Allgemein')
  await expect(window.locator('html')).toHaveAttribute('lang', 'de')
  await expect(window.getByRole('navigation', { name: 'Hauptnavigation' })).toBeVisible()
  await speaksGerman(window)
  const menu = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
  expect(await menu()).toContain('&Bearbeiten')
  await quit(app)

  const again = await readyWindow(await launch())
  await expect(again.getByRole('navigation', { name: 'Hauptnavigation' })).toBeVisible()
  await again.getByRole('link', { name: 'Allgemein' }).click()
  await speak(again, 'Sprache', 'English', 'General')
  await expect(again.locator('html')).toHaveAttribute('lang', 'en')
})
