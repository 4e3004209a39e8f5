import { expect, type Page } from '@playwright/test'

/** Goes to a screen by its line in the sidebar and waits until it is there. */
export async function goTo(window: Page, screen: string): Promise<void> {
  // A mark behind the name belongs to the line's name as well, e.g. how many accounts need attention.
  const sidebar = window.getByRole('navigation', { name: 'Main' })
  await sidebar.getByRole('link', { name: new RegExp(`^${screen}`) }).click()
  await expect(window.getByRole('heading', { name: screen, level: 1 })).toBeVisible()
}
