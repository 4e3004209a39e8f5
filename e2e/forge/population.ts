import type { ForgeState } from './forge-state'

/** Organisations of every forge. Only GitLab has groups inside groups. */
const ORGANIZATIONS = ['analytical-engines', 'flowmatic', 'harbor-lights']
const SUBGROUPS = [
  ['flowmatic', 'compilers'],
  ['flowmatic/compilers', 'front-ends'],
] as const

/**
 * The people and organisations that every forge begins with, and as many made-up repositories as asked for.
 * `ada` sees all of them; `grace` is a member of `flowmatic` alone; `alan` owns nothing.
 */
export function populate(forge: ForgeState, repositories: number): void {
  const { world } = forge
  world.addPerson({ login: 'ada', name: 'Ada Lovelace' })
  world.addPerson({ login: 'grace', name: 'Grace Hopper' })
  world.addPerson({ login: 'alan', name: 'Alan Turing' })
  for (const login of ORGANIZATIONS) {
    const grace = login === 'flowmatic' ? { grace: 'write' as const } : {}
    world.addOrganization({ login, members: { ada: 'admin', ...grace } })
  }
  const nested = forge.dialect === 'gitlab' ? SUBGROUPS.map(([parent, login]) => ({ parent, login })) : []
  for (const { parent, login } of nested) world.addOrganization({ parent, login })
  const groups = nested.map(({ parent, login }) => `${parent}/${login}`)
  if (repositories > 0) world.seed({ repositories, owners: ['ada', ...ORGANIZATIONS, ...groups] })
}
