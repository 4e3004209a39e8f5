import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExec, writeAutostartEntry, writeDesktopEntry } from './desktop-entry'

describe('the desktop entry', () => {
  it('is one that desktop-file-validate accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'entry-'))
    const file = join(folder, 'cloudaipilot.desktop')
    writeFileSync(
      file,
      writeDesktopEntry('CloudAIPilot', '/opt/icon.png', ['/opt/Cloud AI "Pilot"/app', '--x=$HOME'], 'cloudaipilot'),
    )
    expect(execFileSync('desktop-file-validate', [file], { encoding: 'utf8' })).toBe('')
    rmSync(folder, { recursive: true })
  })

  it('gives back every command it was given', () => {
    const argument = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'abz09 /-_."`$\\%~=') })
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 4 }), (command) => {
        // A lone field code is not an argument that anybody can pass.
        fc.pre(!command.some((part) => /^%[a-zA-Z]$/.test(part)))
        expect(readExec(writeDesktopEntry('A', 'i', command, 's'))).toEqual(command)
      }),
    )
  })

  it('starts hidden with the session', () => {
    expect(readExec(writeAutostartEntry('A', ['/opt/a b', '--hidden']))).toEqual(['/opt/a b', '--hidden'])
  })

  it('finds no command where there is none', () => {
    expect(readExec('[Desktop Entry]\nName=x\n[Desktop Action]\nExec=evil')).toBeNull()
  })
})
