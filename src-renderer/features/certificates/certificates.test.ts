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

let trusts: string[]
let answer: 'yes' | 'cancelled' | 'conflict'
let certificates: ReturnType<typeof createCertificates>

beforeEach(() => {
  trusts = []
  answer = 'yes'
  const refuse = () => {
    if (answer !== 'yes') throw new Failure(answer)
  }
  const { bridge } = createFakeBridge({
    certificates: {
      list: async () => trusts.map((host) => ({ ...certificate(host), trustedAt: 1 })),
      look: async ({ host }) => certificate(`${host}:443`),
      trust: async ({ host, sha256 }) => {
        refuse()
        trusts.push(host)
        return { ...certificate(host, sha256), trustedAt: 1 }
      },
      forget: async ({ host }) => {
        refuse()
        trusts = trusts.filter((other) => other !== host)
      },
    },
  })
  certificates = createCertificates(createApi(bridge))
})

describe('a certificate in question', () => {
  it('is the one that the host shows, and stands in the list when main was told to trust it', async () => {
    await certificates.load()
    await certificates.trust('git.acme.dev')
    expect(certificates.store.getState().trusted).toMatchObject([{ host: 'git.acme.dev:443', sha256: 'AA:BB' }])
    await certificates.forget('git.acme.dev:443')
    expect(certificates.store.getState().trusted).toEqual([])
  })

  it.each(['cancelled', 'conflict'] as const)('is not trusted when main says %s', async (code) => {
    answer = code
    await expect(certificates.trust('git.acme.dev')).rejects.toMatchObject({ code })
    expect(trusts).toEqual([])
  })

  it('stays in the list without a word when the person has refused to forget it', async () => {
    await certificates.load()
    await certificates.trust('git.acme.dev')
    answer = 'cancelled'
    await certificates.forget('git.acme.dev:443')
    expect(certificates.store.getState()).toMatchObject({ trusted: [{ host: 'git.acme.dev:443' }], failure: null })
  })
})

describe('the question', () => {
  it('knows what to do again', () => {
    let again = 0
    askAboutCertificate({ host: 'git.acme.dev:443' }, () => {
      again += 1
    })
    const { asked: question } = certificateQuestion.getState()
    expect(question).toMatchObject({ host: 'git.acme.dev:443' })
    question?.onTrusted?.()
    expect(again).toBe(1)
  })

  it('is not put when it is not known which host', () => {
    certificateQuestion.setState({ asked: null })
    askAboutCertificate({})
    expect(certificateQuestion.getState().asked).toBeNull()
  })
})
