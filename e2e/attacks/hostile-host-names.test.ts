import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetch } from '../../src-main/network/create-fetch'
import { explainRefusal } from '../../src-main/oauth/explain'
import { includesScope } from '../../src-main/providers/github/scopes'
import { type LoopbackServer, listen } from '../../src-main/testing/loopback-server'
import { failureCodes } from '../../src-preload/contract/outcome'
import { readFacts } from '../../src-renderer/failures/facts'
import { wordsFor } from '../../src-renderer/failures/failure-words'

const names = Object.getOwnPropertyNames(Object.prototype)

let server: LoopbackServer
beforeAll(async () => {
  server = await listen(
    createServer((request, response) => {
      response.writeHead(200, { 'content-encoding': (request.url ?? '').slice(1) }).end('{}')
    }),
  )
})
afterAll(() => server.close())

describe.each(names)('a host that says %s', (name) => {
  it('as its encoding sends a bad answer', async () => {
    const fetch = createFetch({ userAgent: 'test', proxyFor: async () => null, trustedCertificate: () => null })
    await expect(fetch(`${server.url}/${name}`)).rejects.toMatchObject({
      code: 'bad-answer',
      facts: { why: 'encoding' },
    })
  })

  it('as an OAuth error refuses the app', () => {
    expect(explainRefusal({ error: name, detail: '' }, 'https://forge.test')).toMatchObject({
      code: 'client-rejected',
      facts: { error: name },
    })
  })

  it('as a scope has granted nothing', () => {
    expect(includesScope([name], 'repo')).toBe(false)
  })

  it('as a fact gets words that say what is known', () => {
    for (const code of failureCodes) {
      const facts = { kind: name, reason: name, why: name, what: name, field: name }
      const { title, cause } = wordsFor(code, readFacts(facts, 0))
      expect(`${title}${cause}`).not.toMatch(/function|native code|\[object/)
    }
  })
})
