import { describe, expect, it } from 'vitest'
import { Failure } from '../../src-preload/contract/outcome'
import type { Fetch } from '../network/fetch'
import { announcesIssuer, metadataAddresses } from './server-metadata'

describe('metadataAddresses', () => {
  it('stand where RFC 8414 and OpenID Connect put them', () => {
    expect(metadataAddresses('https://git.example')).toEqual([
      'https://git.example/.well-known/oauth-authorization-server',
      'https://git.example/.well-known/openid-configuration',
    ])
    expect(metadataAddresses('https://git.example:8443/git')).toEqual([
      'https://git.example:8443/.well-known/oauth-authorization-server/git',
      'https://git.example:8443/git/.well-known/openid-configuration',
      'https://git.example:8443/git/.well-known/oauth-authorization-server',
    ])
  })
})

describe('announcesIssuer', () => {
  const announces = (answer: () => Promise<Response>) =>
    announcesIssuer(((url) => (String(url).endsWith('server') ? answer() : missing())) as Fetch, [
      'https://git.example',
    ])
  const missing = async () => new Response('', { status: 404 })
  const says = (metadata: unknown, status = 200) => announces(async () => Response.json(metadata, { status }))

  it('believes the member of RFC 9207 alone', async () => {
    expect(await says({ authorization_response_iss_parameter_supported: true })).toBe(true)
    expect(await says({ authorization_response_iss_parameter_supported: false })).toBe(false)
    expect(await says({ authorization_response_iss_parameter_supported: 'true' })).toBe(false)
    expect(await says({ authorization_response_iss_parameter_supported: true }, 404)).toBe(false)
    expect(await says(['authorization_response_iss_parameter_supported'])).toBe(false)
    expect(await says(null)).toBe(false)
  })

  it('takes no answer for no announcement', async () => {
    expect(await announces(async () => new Response('<html>'))).toBe(false)
    expect(await announces(missing)).toBe(false)
    expect(await announces(() => Promise.reject(new Failure('timed-out')))).toBe(false)
  })

  it('asks nobody over plain http on another computer', async () => {
    const asked: string[] = []
    const fetch: Fetch = async (url) => {
      asked.push(String(url))
      return Response.json({ authorization_response_iss_parameter_supported: true })
    }
    expect(await announcesIssuer(fetch, ['http://git.example'])).toBe(false)
    expect(asked).toEqual([])
  })
})
