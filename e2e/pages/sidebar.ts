import { expect, type Page } from '@playwright/test'

/** Goes to a screen by its line in the sidebar and waits until it is there. */
export async function goTo(window: Page, screen: string): Promise<void> {
  await window.getByRole('link', { name: screen, exact: true }).click()
  await expect(window.getByRole('heading', { name: screen, level: 1 })).toBeVisible()
}
