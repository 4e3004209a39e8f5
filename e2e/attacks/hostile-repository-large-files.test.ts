import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type DeployBench, startDeployBench } from '../../src-main/testing/deploy-bench'
import { type LoopbackServer, serveHttp } from '../../src-main/testing/loopback-server'
import { type LargeFiles, startLargeFiles } from '../forge/large-files'
import { folderState } from './folder-state'
import { file, link, type RawEntry, writeCommit } from './raw-objects'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let bench: DeployBench
let largeFiles: LargeFiles
let stranger: LoopbackServer
const strange: string[] = []
beforeAll(async () => {
  bench = await startDeployBench()
  largeFiles = await startLargeFiles(bench.git)
  stranger = await serveHttp((request, response) => {
    strange.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`)
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
  })
})
afterAll(async () => {
  expect(bench.forge.problems).toEqual([])
  await Promise.all([largeFiles.close(), stranger.close()])
  await bench.close()
})

const attributes = file('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n')

const prepare = async () => {
  const app = await bench.app({ files: { a: '1' } }, { lfs: '1' })
  const repository = await bench.forge.world.git.directory(app.repository)
  return {
    app,
    push: (...tree: readonly RawEntry[]) => {
      const commit = writeCommit(repository, tree)
      execFileSync('git', ['-C', repository, 'update-ref', 'refs/heads/main', commit])
    },
  }
}

describe('a deploy with large files', () => {
  it('fetches them from the host of the repository, by its key', async () => {
    const { app, push } = await prepare()
    const content = `${'large '.repeat(50_000)}ünï`
    push(attributes, file('a', 'small\n'), file('b c.bin', largeFiles.add(content)))
    expect((await app.deploy()).record.end).toMatchObject({ state: 'succeeded' })
    expect(readFileSync(join(app.folder, 'current/b c.bin'), 'utf8')).toBe(content)
    expect(largeFiles.requests.filter((request) => request.startsWith('refused'))).toEqual([])
  })

  it('asks no other host, runs nothing and writes nowhere else, whatever the repository says', async () => {
    const { app, push } = await prepare()
    const { home } = bench.server
    // What a user keeps for other programs is for them alone.
    const login = `machine 127.0.0.1 login ada password from-netrc\n`
    writeFileSync(join(home, '.netrc'), login)
    bench.server.own(join(home, '.netrc'))
    const program = `path = /usr/bin/touch\n\targs = ${home}/executed`
    const config = [
      `[lfs]\n\turl = ${stranger.url}/one\n\tpushurl = ${stranger.url}/two\n\tskipdownloaderrors = true`,
      `\tstandalonetransferagent = x\n\tconcurrenttransfers = 100000`,
      `[lfs "customtransfer.x"]\n\t${program}`,
      `[lfs "extension.x"]\n\tclean = touch ${home}/executed\n\tsmudge = touch ${home}/executed`,
      `[remote "origin"]\n\tlfsurl = ${stranger.url}/three`,
      `[lfs "${stranger.url}/one"]\n\taccess = basic`,
      `[lfs "${largeFiles.url}"]\n\taccess = negotiate`,
      `[url "${stranger.url}/"]\n\tinsteadOf = http://`,
      `[credential]\n\thelper = "!touch ${home}/executed"`,
      `[http]\n\tproxy = ${stranger.url}`,
      `[core]\n\tsshCommand = touch ${home}/executed`,
      `[include]\n\tpath = included`,
    ].join('\n')
    const pointer = largeFiles.add('written')
    push(
      attributes,
      file('.lfsconfig', `${config}\n`),
      file('a.bin', pointer),
      file('included', `[lfs]\n\turl = ${stranger.url}/four\n`),
      link('link.bin', pointer),
      link('out', home),
      link('profile.bin', `${home}/.profile`),
    )
    const apps = app.folder.slice(home.length + 1)
    const outside = () =>
      folderState(home, (path) =>
        ['.cloudaipilot/journal', `${apps}/.deploy`, `${apps}/releases`, `${apps}/current`].includes(path),
      )
    const before = outside()
    const { record, log } = await app.deploy()
    expect(record.end).toMatchObject({ state: 'succeeded' })
    expect(readFileSync(join(app.folder, 'current/a.bin'), 'utf8')).toBe('written')
    expect(log).toContain(
      'Large files are fetched from the host of the repository. The other place in .lfsconfig is left aside.',
    )
    expect(strange).toEqual([])
    expect(largeFiles.requests.filter((request) => request.startsWith('refused'))).toEqual([])
    expect(outside()).toEqual(before)
    expect(existsSync(join(home, 'executed'))).toBe(false)
  })

  it('leaves no pointer where a file is missing, and reads its settings through no link', async () => {
    const { app, push } = await prepare()
    const missing = largeFiles.add('there').replace(/sha256:.{8}/, 'sha256:00000000')
    push(attributes, file('.lfsconfig', '[lfs]\n\tskipdownloaderrors = true\n'), file('a.bin', missing))
    expect((await app.deploy()).record.end).toMatchObject({ state: 'failed' })
    push(attributes, link('.lfsconfig', '/dev/zero'), file('a.bin', largeFiles.add('there')))
    expect((await app.deploy()).record.end).toMatchObject({
      code: 'path-refused',
      facts: { path: '.lfsconfig', why: 'link' },
    })
  })
})
