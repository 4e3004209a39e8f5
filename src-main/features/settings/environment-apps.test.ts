import { describe, expect, it } from 'vitest'
import { takeEnvironmentApps } from './environment-apps'

const id = { CLOUDAIPILOT_GITLAB_CLIENT_ID: 'id', CLOUDAIPILOT_GITLAB_CLIENT_SECRET: 'word' }
const address = 'https://git.acme.example'

describe('the host of an app of the environment', () => {
  it.each([
    ['is the one that is named', { CLOUDAIPILOT_GITLAB_HOST: address }, address],
    ['is named in any case', { cloudaipilot_gitlab_host: address }, address],
    ['is named in mixed case', { CloudAIPilot_GitLab_Host: address }, address],
    ['is none where its name is empty', { CLOUDAIPILOT_GITLAB_HOST: ' ' }, ''],
    ['is the public one where none is named', {}, null],
  ])('%s', (_, named, host) => {
    const env: NodeJS.ProcessEnv = { ...id, ...named }
    expect(takeEnvironmentApps(env)).toMatchObject([{ provider: 'gitlab', host, clientId: 'id' }])
    expect(env).toEqual({})
  })
})
