import { type App, dialog } from 'electron'
import type { ShellWords } from './words'

/** Says, in the system's own message box, that the page can't be kept up. Resolves to whether it is tried again; else the app quits. */
export const askAfterCrash = async (
  app: Pick<App, 'quit'>,
  words: ShellWords['crash'],
  log: string,
): Promise<boolean> => {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'CloudAIPilot',
    message: words.title,
    detail: words.text(log),
    buttons: [words.quit, words.again],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (response === 0) app.quit()
  return response === 1
}
