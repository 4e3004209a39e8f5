/** Names that hold a secret by the custom of programs: `GITHUB_TOKEN`, `AWS_SECRET_ACCESS_KEY`, `PGPASSWORD`, `MYSQL_PWD`. */
const secretName =
  /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|BEARER|COOKIE|API_?KEY|(?:^|_)(?:KEY|PASS|PWD|PAT|AUTH)$|KEY_?PASS|CLIENT_ID$/i

/** Names that only look so: places, programs and what the desktop hands to a window that is about to open. */
const plainName =
  /(?:_|^)(?:FILE|DIR|PATH|HOME|SOCK|SOCKET|PID|ASKPASS|ASKPASS_REQUIRE|NAME)$|^(?:PWD|OLDPWD|XAUTHORITY|XDG_ACTIVATION_TOKEN|XDG_SESSION_COOKIE|DESKTOP_STARTUP_ID)$/i

/** `scheme://anything@host`: a user name, or one with a password (RFC 3986 section 3.2.1). */
const withUserInfo = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]*@/i

/** Beginnings that providers gave their tokens so that they are known wherever they turn up, JSON Web Tokens and PEM keys. */
const secretValue =
  /^(?:gh[oprsu]_|github_pat_|gl[a-z]{1,8}-|AT(?:ATT|BB|CTT)|xox[a-z]-|npm_|pypi-|sk-|hf_|AKIA|ASIA|eyJ[\w-]+\.|(?:bearer|basic) )|-----BEGIN [A-Z ]*PRIVATE KEY/i

const proxyName = /_proxy$/i

type Environment = Readonly<Record<string, string | undefined>>

/** The variables that hold a secret, by name. Whether one does is a guess by its name and its value, on the careful side. */
export const secretVariables = (env: Environment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => {
      const [name, value] = entry
      if (value === undefined || value === '') return false
      return (secretName.test(name) && !plainName.test(name)) || withUserInfo.test(value) || secretValue.test(value)
    }),
  )

/** The address of a proxy without the login in it, or null for what is none or stays a secret. */
const withoutLogin = (name: string, value: string): string | null => {
  const bare = value.replace(withUserInfo, '$1')
  return proxyName.test(name) && bare !== value && !(name in secretVariables({ [name]: bare })) ? bare : null
}

/** Takes them out of an environment. The address of a proxy stays, without the login in it. */
export const removeVariables = (env: NodeJS.ProcessEnv, variables: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(variables)) {
    const bare = withoutLogin(name, value)
    if (bare === null) delete env[name]
    else env[name] = bare
  }
}
