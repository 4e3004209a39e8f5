import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeCertificate } from '../../../src-main/testing/certificates'
import { startForge } from '../../forge/forge'
import { consentDialog } from '../../pages/consent'
import { connect, drive, listed } from '../driven'
import type { Figure } from '../figure'
import { median, time } from '../samples'

const run = promisify(execFile)
const count = 10_000
const latency = 30
const runs = 5

/** Listing 10,000 repositories of a forge that takes 30 ms for each answer, beside `gh` on the same forge. */
export const figure: Figure = {
  name: 'listing',
  measure: async ({ env, folder }) => {
    const tls = makeCertificate('Bench')
    const forge = await startForge({ dialect: 'github', repositories: count, latencyMs: latency, tls })
    const host = new URL(forge.address).host
    const token = forge.personalAccessToken()
    const rootFile = join(await folder('listing-certificate'), 'root.pem')
    await writeFile(rootFile, tls.cert)

    const page =
      '/user/repos?per_page=100&affiliation=owner,collaborator,organization_member&sort=created&direction=asc'
    const gh = () =>
      time(() =>
        run('gh', ['api', '--paginate', page.slice(1)], {
          env: {
            ...env,
            GH_HOST: host,
            GH_ENTERPRISE_TOKEN: token,
            SSL_CERT_FILE: rootFile,
            GH_NO_UPDATE_NOTIFIER: '1',
          },
          maxBuffer: 1 << 30,
        }),
      )

    const plainPage = () => time(() => fetched(`${forge.apiUrl}${page}`, token, tls.cert))
    const pages: number[] = []
    const own = { first: [] as number[], all: [] as number[], again: [] as number[] }
    const other: number[] = []
    try {
      for (let turn = 0; turn < runs; turn += 1) {
        const { window, goTo, close } = await drive(await folder(`listing-${turn}`), env)
        const certificate = await window.evaluate(async (where) => {
          const found = await bridge.certificates.look({ host: where })
          return found.ok ? found.value.sha256 : ''
        }, host)
        const wanted = { host, sha256: certificate }
        const trusting = window.evaluate((given) => bridge.certificates.trust(given), wanted)
        await consentDialog(window).agreeing('Trust this certificate', trusting)
        await goTo('Repositories')
        const painted = window.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const look = () => {
                if (
                  document.querySelector('[role=list][aria-label=Repositories] li, ul[aria-label=Repositories] li') ===
                  null
                )
                  return requestAnimationFrame(look)
                requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
              }
              requestAnimationFrame(look)
            }),
        )
        forge.requests.clear()
        await connect(window, { provider: 'github', host: forge.address, token })
        own.first.push((await painted) - pageAsked(forge))
        await listed(window, 1, count)
        own.all.push(Date.now() - pageAsked(forge))
        forge.requests.clear()
        const before = await completeAt(window)
        own.again.push(
          await time(async () => {
            await window.evaluate(() => bridge.repositories.refresh({}))
            await window.waitForFunction(
              async (at) => {
                const outcome = await bridge.repositories.query({ limit: 1 })
                return outcome.ok && (outcome.value.listings[0]?.completeAt ?? 0) > at
              },
              before,
              { polling: 10 },
            )
          }),
        )
        await close()
        other.push(await gh())
        pages.push(await plainPage())
      }
    } finally {
      await forge.close()
    }
    const all = median(own.all)
    return [
      {
        name: 'first repository row of 10,000',
        unit: 'ms',
        ours: median(own.first),
        reference: median(pages),
        limit: median(pages) + 100,
        budget: 'the first page by itself + 100 ms',
      },
      {
        name: 'all 10,000 rows',
        unit: 'ms',
        ours: all,
        reference: median(other),
        limit: median(other) / 2,
        budget: 'half of gh api --paginate',
      },
      {
        name: 'second listing, by ETag',
        unit: 'ms',
        ours: median(own.again),
        reference: all,
        limit: all / 5,
        budget: 'a fifth of the first',
      },
    ]
  },
}

type Forge = Awaited<ReturnType<typeof startForge>>
/** Unix ms of the question for the first page. */
const pageAsked = (forge: Forge): number =>
  forge.requests.matching('GET /api/v3/user/repos').find(({ query }) => query.per_page === '100')?.at ?? Number.NaN

/** One page, by nothing but Node. */
const fetched = (url: string, token: string, ca: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'bench' }
    const asked = request(url, { ca, headers }, (answer) => answer.resume().once('end', resolve))
    asked.once('error', reject).end()
  })

const completeAt = (window: Awaited<ReturnType<typeof drive>>['window']): Promise<number> =>
  window.evaluate(async () => {
    const outcome = await bridge.repositories.query({ limit: 1 })
    return outcome.ok ? (outcome.value.listings[0]?.completeAt ?? 0) : 0
  })
