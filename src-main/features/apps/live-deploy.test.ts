import { describe, expect, it } from 'vitest'
import { createLiveDeploy } from './live-deploy'

const live = () =>
  createLiveDeploy(
    {
      id: '1-aaaaaaaa',
      appId: 'p1',
      branch: 'main',
      alive: true,
      ahead: 0,
      attempt: { sshUrl: 'git@git.example:a/b.git', branch: 'main', server: 'one' },
    },
    [],
  )

describe('a deploy as it is followed', () => {
  it('shows what was cut, on the server or of a line without an end', () => {
    const deploy = live()
    deploy.push(Buffer.from('L\tcommand\tone\nK\tcommand\t199000000\nL\tcommand\ttwo\n'), true)
    deploy.push(Buffer.from(`L\tcommand\t${'x'.repeat(40_000_000)}`), false)
    deploy.push(Buffer.from('\nE\t1\tsucceeded\n'), false)
    const { lines } = deploy.lines(0)
    expect(lines.slice(0, 3)).toEqual([
      { phase: 'command', text: 'one' },
      { phase: 'command', text: '', cutBytes: 199_000_000 },
      { phase: 'command', text: 'two' },
    ])
    expect(lines[3]?.text).toMatch(/^x+…$/)
    expect(lines[4]).toEqual({ phase: 'command', text: '', cutBytes: 40_000_000 + 'L\tcommand\t'.length - 16_384 })
    expect(deploy.deploy().state).toBe('succeeded')
  })

  it('keeps and hands over a bounded part of a log that never ends', () => {
    const deploy = live()
    const line = Buffer.from(`L\tcommand\t${'y'.repeat(8000)}\n`)
    for (let count = 0; count < 3000; count += 1) deploy.push(line, false)
    let from = 0
    let characters = 0
    for (;;) {
      const chunk = deploy.lines(from)
      if (chunk.lines.length === 0) break
      const size = chunk.lines.reduce((sum, { text }) => sum + text.length, 0)
      expect(size).toBeLessThan(600_000)
      characters += size
      from = chunk.from + chunk.lines.length
    }
    expect(from).toBe(3000)
    expect(characters).toBeLessThanOrEqual(8 * 1024 * 1024)
    for (let count = 0; count < 1000; count += 1) deploy.push(Buffer.from('P\t1\tfetch\n'), false)
    expect(deploy.record().phases.length).toBeLessThanOrEqual(100)
  })
})
