import { type BrowserWindow, dialog } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createInFront } from '../one-dialog'
import { createDialogs } from './dialogs'

vi.mock('electron', () => ({ dialog: { showOpenDialog: vi.fn(), showSaveDialog: vi.fn() }, shell: {} }))

const words = { chooseFolder: '', cloneHere: '', chooseKey: '' }
const withheld = (why: string) => ({ code: 'consent-withheld', facts: { why } })

let now: number
let answers: (() => void)[]
beforeEach(() => {
  now = 0
  answers = []
  const show = () =>
    new Promise((resolve) => answers.push(() => resolve({ canceled: true, filePaths: [], filePath: '' }))) as never
  vi.mocked(dialog.showOpenDialog).mockImplementation(show)
  vi.mocked(dialog.showSaveDialog).mockImplementation(show)
})
const inFront = createInFront()
const newDialogs = () =>
  createDialogs({ window: (): BrowserWindow | null => null, words: () => words, inFront, now: () => now })

describe('dialogs of the system', () => {
  it('are shown one at a time, and not over a question', async () => {
    const dialogs = newDialogs()
    const first = dialogs.chooseFolder()
    const others = [dialogs.chooseFolder(), dialogs.pickFile(9), dialogs.saveFile('a', 'b'), inFront(async () => true)]
    for (const other of others) await expect(other).rejects.toMatchObject(withheld('open'))
    expect(answers).toHaveLength(1)
    answers.pop()?.()
    expect(await first).toBeNull()
    let agree = (_: boolean) => {}
    const question = inFront(() => new Promise<boolean>((resolve) => (agree = resolve)))
    await expect(dialogs.chooseFolder()).rejects.toMatchObject(withheld('open'))
    agree(true)
    expect(await question).toBe(true)
    expect(answers).toEqual([])
  })

  it('do not come again and again', async () => {
    const dialogs = newDialogs()
    const putAway = async () => {
      const asked = dialogs.pickFile(9)
      answers.pop()?.()
      return asked
    }
    for (let time = 0; time < 6; time += 1) expect(await putAway()).toBeNull()
    await expect(putAway()).rejects.toMatchObject(withheld('refused'))
    now += 60_000
    expect(await putAway()).toBeNull()
  })
})
