import { describe, expect, it } from 'vitest'
import { createDemo } from './demo'

const node = (script: string) => createDemo(JSON.stringify([process.execPath, '-e', script]), () => {})

describe('the demo', () => {
  it('is not there without a command', async () => {
    const demo = createDemo(undefined, () => {})
    expect(demo.available).toBe(false)
    await expect(demo.play()).rejects.toMatchObject({ code: 'demo-failed' })
  })

  it('plays once at a time, until it ends', async () => {
    const demo = node('')
    const first = demo.play()
    expect(demo.play()).toBe(first)
    await first
    expect(demo.play()).not.toBe(first)
  })

  it.each([
    ['that ends badly', JSON.stringify([process.execPath, '-e', 'process.exit(3)'])],
    ['that is not there', JSON.stringify(['/nowhere/node'])],
  ])('says so of one %s', async (_, command) => {
    await expect(createDemo(command, () => {}).play()).rejects.toMatchObject({ code: 'demo-failed' })
  })
})
