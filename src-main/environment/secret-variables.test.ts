import { describe, expect, it } from 'vitest'
import { removeVariables, secretVariables } from './secret-variables'

describe('variables that hold a secret', () => {
  it.each([
    ['GITHUB_TOKEN', 'x'],
    ['GH_TOKEN', 'x'],
    ['gitlab_token', 'x'],
    ['CI_JOB_TOKEN', 'x'],
    ['CLOUDAIPILOT_GITHUB_CLIENT_SECRET', 'x'],
    ['CLOUDAIPILOT_GITHUB_CLIENT_ID', 'x'],
    ['AWS_SECRET_ACCESS_KEY', '/begins/like/a/path'],
    ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['OPENAI_API_KEY', 'x'],
    ['SSH_KEY', 'x'],
    ['PGPASSWORD', 'x'],
    ['MYSQL_PWD', 'x'],
    ['BITBUCKET_APP_PASSWORD', 'x'],
    ['DATABASE_URL', 'postgres://user:word@db.example.com/app'],
    ['HTTPS_PROXY', 'http://user:word@proxy.example.com:3128'],
    ['PIP_INDEX_URL', 'https://token@pypi.example.com/simple'],
    ['ANYTHING', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['ANYTHING', 'github_pat_11AAAAAAA0'],
    ['ANYTHING', 'glpat-0123456789abcdefghij'],
    ['ANYTHING', 'Bearer abcdef'],
    ['ANYTHING', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA'],
  ])('knows %s', (name, value) => {
    expect(secretVariables({ [name]: value })).toEqual({ [name]: value })
  })

  it.each([
    ['PATH', '/usr/bin:/bin'],
    ['HOME', '/home/ada'],
    ['PWD', '/home/ada'],
    ['OLDPWD', '/home/ada'],
    ['DISPLAY', ':0'],
    ['WAYLAND_DISPLAY', 'wayland-0'],
    ['XAUTHORITY', '/run/user/1000/xauth'],
    ['XDG_ACTIVATION_TOKEN', 'desktop-1'],
    ['SSH_AUTH_SOCK', '/run/user/1000/keyring/ssh'],
    ['SSH_ASKPASS', '/usr/bin/ssh-askpass'],
    ['GIT_ASKPASS', '/usr/bin/askpass'],
    ['SSH_ASKPASS_REQUIRE', 'never'],
    ['PASSWORD_STORE_DIR', '/home/ada/.password-store'],
    ['GNOME_KEYRING_CONTROL', '/run/user/1000/keyring'],
    ['DBUS_SESSION_BUS_ADDRESS', 'unix:path=/run/user/1000/bus'],
    ['https_proxy', 'http://proxy.example.com:3128'],
    ['no_proxy', 'localhost,127.0.0.1'],
    ['LANG', 'de_DE.UTF-8'],
    ['GITHUB_TOKEN', ''],
  ])('leaves %s', (name, value) => {
    expect(secretVariables({ [name]: value })).toEqual({})
  })

  it('are taken out, and the address of a proxy stays', () => {
    const env = {
      GITHUB_TOKEN: 'x',
      https_proxy: 'http://user:word@proxy.example.com:3128/',
      ALL_PROXY: 'socks5://user@proxy.example.com',
      DATABASE_URL: 'postgres://user:word@db.example.com/app',
      SECRET_PROXY: 'http://user:word@proxy.example.com',
      TWICE_PROXY: 'http://user:word@x://user@proxy.example.com',
      PATH: '/bin',
    }
    removeVariables(env, secretVariables(env))
    expect(env).toEqual({
      https_proxy: 'http://proxy.example.com:3128/',
      ALL_PROXY: 'socks5://proxy.example.com',
      TWICE_PROXY: 'http://x://user@proxy.example.com',
      PATH: '/bin',
    })
    expect(secretVariables(env)).toEqual({})
  })
})
