import { fstatSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadVariables, storeVariables, takeHandedOver } from './restart'

const variables = {
  CLOUDAIPILOT_FORGE_CLIENT_SECRET: 'a secret, an “ü” and\na line',
  CLOUDAIPILOT_FORGE_CLIENT_ID: 'id',
}

describe('a second start', () => {
  it.runIf(process.platform === 'linux')('is handed variables by a file without a name, for this user only', () => {
    const file = storeVariables(variables, {})
    const { nlink, mode } = fstatSync(file)
    expect([nlink, mode & 0o777]).toEqual([0, 0o600])
    expect(readdirSync('/dev/shm').filter((name) => name.startsWith('cloudaipilot-'))).toEqual([])
    expect(loadVariables(file)).toEqual(variables)
    expect(() => fstatSync(file)).toThrow('EBADF')
  })

  it('finds nothing where nothing was handed over', () => {
    const env = { CLOUDAIPILOT_VARIABLES_FD: '0', PATH: '/bin' }
    expect(takeHandedOver(env)).toEqual({})
    expect(env).toEqual({ PATH: '/bin' })
  })
})
