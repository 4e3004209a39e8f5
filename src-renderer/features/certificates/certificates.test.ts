import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeBridge } from '../../../e2e/preview/fake-bridge'
import type { Certificate } from '../../../src-preload/contract/certificates'
import { Failure } from '../../../src-preload/contract/outcome'
import { createApi } from '../../client'
import { askAboutCertificate, certificateQuestion } from '../../failures/certificate-question'
import { createCertificates } from './certificate-store'

const certificate = (host: string, sha256 = 'AA:BB'): Certificate => ({
  host,
  sha256,
  subject: 'CN=git.acme.dev',
  issuer: 'CN=Acme',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
})

/** Answers of a main that is asked for one host after the other. */
let looks: ((certificate: Certificate) => void)[]
let asked: string[]
let trusts: string[]
let shows: string
let certificates: ReturnType<typeof createCertificates>

beforeEach(() => {
  looks = []
  asked = []
  trusts = []
  shows = 'AA:BB'
  const { bridge } = createFakeBridge({
    certificates: {
      list: async () => trusts.map((host) => ({ ...certificate(host), trustedAt: 1 })),
      look: ({ host }) => {
        asked.push(host)
        return new Promise((resolve) => looks.push(resolve))
      },
      trust: async ({ host, sha256 }) => {
        if (sha256 !== shows) throw new Failure('conflict', { what: 'certificate', host })
        trusts.push(host)
        return { ...certificate(host), trustedAt: 1 }
      },
      forget: async ({ host }) => {
        trusts = trusts.filter((other) => other !== host)
      },
    },
  })
  certificates = createCertificates(createApi(bridge))
})

const look = async (host: string, sha256?: string) => {
  const looking = certificates.look(host)
  await expect.poll(() => asked.at(-1)).toBe(host)
  looks.at(-1)?.(certificate(host, sha256))
  await looking
}

describe('a certificate in question', () => {
  it('is trusted as it is shown, and stands in the list then', async () => {
    await certificates.load()
    await look('git.acme.dev:443')
    expect(certificates.store.getState().shown?.sha256).toBe('AA:BB')
    expect(await certificates.trust()).toBe(true)
    expect(certificates.store.getState().trusted).toMatchObject([{ host: 'git.acme.dev:443' }])
    await certificates.forget('git.acme.dev:443')
    expect(certificates.store.getState().trusted).toEqual([])
  })

  it('is not trusted when the host has changed it meanwhile: the new one is shown instead', async () => {
    await look('git.acme.dev:443')
    shows = 'CC:DD'
    const trusting = certificates.trust()
    await expect.poll(() => looks.length).toBe(2)
    looks[1]?.(certificate('git.acme.dev:443', 'CC:DD'))
    expect(await trusting).toBe(false)
    expect(certificates.store.getState()).toMatchObject({
      shown: { sha256: 'CC:DD' },
      refused: { code: 'conflict' },
      busy: false,
    })
    expect(await certificates.trust()).toBe(true)
    expect(certificates.store.getState().refused).toBeNull()
  })

  it('is the one of the host that was asked last', async () => {
    const first = certificates.look('slow.dev:443')
    await look('git.acme.dev:443')
    looks[0]?.(certificate('slow.dev:443'))
    await first
    expect(certificates.store.getState().shown?.host).toBe('git.acme.dev:443')
  })

  it('is nobody’s before it is shown', async () => {
    expect(await certificates.trust()).toBe(false)
    expect(trusts).toEqual([])
  })
})

describe('the question', () => {
  it('knows what to do again', () => {
    let again = 0
    askAboutCertificate({ host: 'git.acme.dev:443', why: 'self-signed' }, () => {
      again += 1
    })
    const { asked: question } = certificateQuestion.getState()
    expect(question).toMatchObject({ host: 'git.acme.dev:443', why: 'self-signed' })
    question?.onTrusted?.()
    expect(again).toBe(1)
  })

  it('is not put when it is not known which host', () => {
    certificateQuestion.setState({ asked: null })
    askAboutCertificate({})
    expect(certificateQuestion.getState().asked).toBeNull()
  })
})
