import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pilotFunctions, runScript } from '../testing/pilot-functions'
import { readEvents } from './deploy-stream'

const functions = pilotFunctions('settings', 'submit', 'git', 'tree', 'release', 'log', 'run', 'state', 'trial')
/** What `run` has done before the deploy itself begins. */
const begun = `${functions}
folder=$HOME/app id=1-a
place
directory=$state_folder/deploys/$id stream=$state_folder/deploys/$id/stream phase=switch url=ssh://git@git.example.org:22/a.git
trap 'ended cancelled' TERM HUP INT
: >"$directory/redactions"
`

const [old, fresh] = ['20260101T000000000Z-aaaaaaaa', '20260102T000000000Z-aaaaaaaa']
let home: string
let app: string
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'run-')))
  app = join(home, 'app')
  for (const folder of ['.cloudaipilot', 'app/.deploy/deploys/1-a', 'app/.deploy/releases', `app/releases/${old}`]) {
    mkdirSync(join(home, folder), { recursive: true })
  }
  mkdirSync(join(app, `releases/${fresh}`))
  symlinkSync(`releases/${old}`, join(app, 'current'))
})
afterEach(() => rmSync(home, { recursive: true }))

const stream = () => readFileSync(join(app, '.deploy/deploys/1-a/stream'), 'utf8')
const run = (script: string, ...args: readonly string[]) => {
  try {
    runScript(`${begun}${script}`, home, args)
  } catch {
    // Ended by a signal: the stream says how.
  }
  return readEvents(stream())
}

describe('a deploy that is cancelled while the link is moved', () => {
  const when = (moment: string) => `
mv() { ${moment}; }
fresh=${fresh} wanted=${'a'.repeat(40)}
event R ${fresh}
switch_to ${fresh}
step clean
ended succeeded`

  it('has gone live when the link was moved, and says so', () => {
    const record = run(when('command mv "$@"; case $* in */current) kill -s TERM "$$" ;; esac'))
    expect(readlinkSync(join(app, 'current'))).toBe(`releases/${fresh}`)
    expect([record.end?.state, record.release, record.switchedAt !== null]).toEqual(['succeeded', fresh, true])
    expect(stream().match(/^[SE]\t/gm)).toEqual(['S\t', 'E\t'])
  })

  it('has gone live as well when it is cancelled after that', () => {
    const record = run(`${when('command mv "$@"')}`.replace('step clean', () => 'kill -s TERM "$$"'))
    expect([record.end?.state, readlinkSync(join(app, 'current'))]).toEqual(['succeeded', `releases/${fresh}`])
  })

  it('is cancelled when it was not', () => {
    const record = run(when('case $* in */current) kill -s TERM "$$"; return 1 ;; esac; command mv "$@"'))
    expect([record.end?.state, record.switchedAt]).toEqual(['cancelled', null])
    expect(readlinkSync(join(app, 'current'))).toBe(`releases/${old}`)
    expect(existsSync(join(app, `releases/${fresh}`))).toBe(false)
  })

  it.each([
    [fresh, 'succeeded'],
    [old, 'cancelled'],
  ])('and has to be killed: with the link at %s it has %s', (live, state) => {
    rmSync(join(app, 'current'))
    symlinkSync(`releases/${live}/web`, join(app, 'current'))
    writeFileSync(join(app, '.deploy/deploys/1-a/stream'), `R\t${fresh}\n`)
    writeFileSync(join(app, '.deploy/deploys/1-a/pid'), '0')
    const record = run(`lives() { true; }; end_group() { true; }; take() { true; }; finish() { exit; }; id=1-a; cancel`)
    expect([record.end?.state, record.switchedAt !== null]).toEqual([state, live === fresh])
  })
})

describe('a deploy that ends', () => {
  it('leaves a hundred to be read, and a hundred that found nothing new', () => {
    const deploys = join(app, '.deploy/deploys')
    for (let at = 0; at < 120; at += 1) mkdirSync(join(deploys, `0${100 + at}-a`))
    for (let at = 0; at < 110; at += 1) mkdirSync(join(deploys, `0${400 + at}-b/nothing-new`), { recursive: true })
    run('ended unchanged')
    const left = readdirSync(deploys).sort()
    const of = (kind: string) => left.filter((name) => name.endsWith(kind) && name !== '1-a')
    expect([of('-a').length, of('-a')[0], of('-b').length, of('-b')[0]]).toEqual([100, '0120-a', 99, '0411-b'])
    expect(left.at(-1)).toBe('1-a')
    run('ended unchanged paths')
    expect(readdirSync(deploys)).toHaveLength(200)
  })

  it('drops the variables of those that were killed, and of no other', () => {
    const deploys = join(app, '.deploy/deploys')
    for (const name of ['1-a', '2-killed', '3-waits', '4-runs']) {
      mkdirSync(join(deploys, name), { recursive: true })
      for (const file of ['request', 'pieces', 'alive', 'stream']) writeFileSync(join(deploys, name, file), '')
    }
    writeFileSync(join(app, '.deploy/queued'), '3-waits')
    run(`exec 4>"$state_folder/deploys/4-runs/alive"
flock 4
drop_abandoned`)
    const kept = readdirSync(deploys).filter((name) => existsSync(join(deploys, name, 'request')))
    expect(kept.sort()).toEqual(['1-a', '3-waits', '4-runs'])
    expect(readdirSync(join(deploys, '2-killed')).sort()).toEqual(['alive', 'stream'])
  })
})

describe('a fetch', () => {
  it('of a submodule on a full disk ends the deploy once', () => {
    run(`mkfifo() { return 1; }
mirror_at() { true; }
regime() { return 1; }
wanted=x hash=y source=$HOME/part.git module=lib module_key=ab module_url=z
fetch_module || refuse_module said "$(last_said)"
ended succeeded`)
    expect(stream().match(/^E\t.*$/gm)).toEqual([expect.stringMatching(/\tfailed\tdisk-full\t/)])
  })

  it('has an end where the host answers and never sends, and leaves nothing behind', async () => {
    mkdirSync(join(home, 'bin'))
    // As if the time had passed: git is ended, the ssh that it had started is not.
    const timeout =
      '#!/bin/sh\necho "$*" >"$(dirname "$0")/../asked"\nsleep 1000 & echo $! >"$(dirname "$0")/../ssh"\nexit 124\n'
    writeFileSync(join(home, 'bin/timeout'), timeout, { mode: 0o755 })
    const record = run(`PATH=$HOME/bin:$PATH branch=main commit= reason=manual
mirror_at() { mirror=$1; }
check_branch() { true; }
deploy`)
    expect(record.end).toMatchObject({ state: 'failed', code: 'timed-out', facts: { host: 'git.example.org:22' } })
    expect(readFileSync(join(home, 'asked'), 'utf8')).toMatch(/^--foreground 3600 git .* fetch .*refs\/heads\/main/)
    const pid = readFileSync(join(home, 'ssh'), 'utf8').trim()
    const runs = () => existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    await expect.poll(runs, { timeout: 10_000, interval: 5 }).toBe(false)
  })

  it('names the submodules of a submodule, which it leaves out', () => {
    writeFileSync(join(app, '.deploy/deploys/1-a/module'), '100644\t/a\n160000\t/inner\n160000\t/x/y\u001b[1m\n')
    run('module=lib/part; tell_left_out; ended succeeded')
    expect(stream().match(/^L\t.*$/gm)).toEqual([
      'L\tswitch\tLeft out: lib/part/inner, a submodule of the submodule lib/part.',
      'L\tswitch\tLeft out: lib/part/x/y[1m, a submodule of the submodule lib/part.',
    ])
  })
})

describe('the folder of an app', () => {
  const judged = () => runScript(`${functions}\nfolder=$1; place; is_ours || printf %s "$exposed"`, home, [app])
  const stranger = 61_234

  it.each([
    ['is the user’s own', () => undefined, ''],
    ['lets everybody write', () => chmodSync(app, 0o777), 'open'],
    ['lets everybody write, but nobody remove what is another’s', () => chmodSync(app, 0o1777), ''],
    ['has .deploy where everybody may write', () => chmodSync(join(app, '.deploy'), 0o777), 'open'],
    ['has releases where everybody may write', () => chmodSync(join(app, 'releases'), 0o757), 'open'],
    [
      'has .deploy as a link',
      () => {
        rmSync(join(app, '.deploy'), { recursive: true })
        mkdirSync(join(home, 'elsewhere'))
        symlinkSync('../elsewhere', join(app, '.deploy'))
      },
      'linked',
    ],
    [
      'has releases as a link',
      () => {
        rmSync(join(app, 'releases'), { recursive: true })
        symlinkSync(home, join(app, 'releases'))
      },
      'linked',
    ],
  ])('that %s', (_, change, exposed) => {
    change()
    expect(judged()).toBe(exposed)
  })

  it.skipIf(userInfo().uid !== 0).each([
    ['belongs to another', () => chownSync(app, stranger, stranger), 'other-owner'],
    ['has .deploy of another', () => chownSync(join(app, '.deploy'), stranger, stranger), 'other-owner'],
    ['has releases of another', () => chownSync(join(app, 'releases'), stranger, stranger), 'other-owner'],
    [
      'lets a group write',
      () => {
        chownSync(app, 0, stranger)
        chmodSync(app, 0o775)
      },
      'open',
    ],
    [
      'has releases where a group may write',
      () => {
        chownSync(join(app, 'releases'), 0, stranger)
        chmodSync(join(app, 'releases'), 0o775)
      },
      '',
    ],
    ['lets write only the group of this user alone', () => chmodSync(app, 0o775), ''],
  ])('that %s', (_, change, exposed) => {
    change()
    expect(judged()).toBe(exposed)
  })

  it('is named before an app is saved, and tells nothing of itself where .deploy is no own folder', () => {
    writeFileSync(join(app, '.deploy/settings'), '')
    writeFileSync(join(app, '.deploy/considered'), 'told')
    const told = () => runScript(`${functions}\ntake() { true; }\nfolders=$1; status`, home, [`${app}\n`])
    expect(told()).toContain('considered\ttold')
    renameSync(join(app, '.deploy'), join(home, 'elsewhere'))
    symlinkSync('../elsewhere', join(app, '.deploy'))
    expect(told()).not.toContain('told')
    expect(runScript(`${functions}\nfolder=$1; look_at_folder`, home, [app])).toContain('folder\tlinked\0')
  })

  it('is made so that no group may write to it, whatever the umask', () => {
    const folder = join(home, 'made/app')
    runScript(`umask 002\n${functions}\nrepository=1 folder=$1; place; claim`, home, [folder])
    expect(
      ['made', 'made/app', 'made/app/releases', 'made/app/.deploy'].map(
        (name) => statSync(join(home, name)).mode & 0o777,
      ),
    ).toEqual([0o755, 0o755, 0o755, 0o700])
  })

  it('is refused before anything that another planted in it counts', () => {
    writeFileSync(join(app, '.deploy/repository'), '1')
    writeFileSync(join(app, '.deploy/settings'), '')
    chmodSync(app, 0o777)
    for (const call of ['repository=1; claim', 'take() { true; }; id=1; cancel']) {
      expect(runScript(`${functions}\nfolder=$1; place; ${call}`, home, [app])).toContain('fail\tfolder-refused\0')
    }
    const record = run('flock() { true; }; run "$HOME/app" 1-a')
    expect(record.end).toMatchObject({ state: 'failed', code: 'folder-refused', facts: { why: 'open' } })
  })
})
