import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fileFor, fillPage } from './app-protocol'

vi.mock('electron', () => ({ protocol: {} }))

const html = readFileSync(join(__dirname, '../../src-renderer/index.html'), 'utf8')
const facts = { language: 'en', dark: false, firstRows: null } as const

describe('the page', () => {
  it('has its nonce, its language and its colours', () => {
    const page = fillPage(html, 'the-nonce', { language: 'de', dark: true, firstRows: null })
    expect(page).toContain('content="the-nonce"')
    expect(page).toContain('<html lang="de" data-mantine-color-scheme="dark">')
  })

  it('holds rows that cannot leave their element, whatever somebody has called a repository', () => {
    const rows = { name: '</script><script src="https://evil.example/x.js"></script><!-- $& $1' }
    const page = fillPage(html, 'n', { ...facts, firstRows: JSON.stringify(rows) })
    expect(page.match(/<script/g)).toHaveLength(html.match(/<script/g)?.length ?? 0)
    const text = /id="first-rows">([^<]*)</.exec(page)?.[1] ?? ''
    expect(JSON.parse(text)).toEqual(rows)
  })
})

describe('files of the window', () => {
  const root = '/opt/app/renderer'
  it.each([
    ['app://cloudaipilot/', '/opt/app/renderer/index.html'],
    ['app://cloudaipilot/assets/a.js', '/opt/app/renderer/assets/a.js'],
  ])('%s is one', (url, file) => expect(fileFor(url, root)).toBe(file))

  it.each([
    'app://elsewhere/assets/a.js',
    'https://cloudaipilot/assets/a.js',
    'app://cloudaipilot/%2e%2e%2f%2e%2e%2fetc/passwd.js',
    'app://cloudaipilot/assets%5c..%5ca.js',
    'app://cloudaipilot/a.js%00.css',
    'app://cloudaipilot/notes.txt',
    'app://cloudaipilot/%E0%A4%A',
  ])('%s is none', (url) => expect(fileFor(url, root)).toBeNull())
})
