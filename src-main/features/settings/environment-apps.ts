import { Secret } from '../../credentials/secret'

/** An OAuth app that the environment brought. */
export interface EnvironmentApp {
  /** Provider id. */
  readonly provider: string
  /** The one host it is for, as typed, or null for the provider's own public host. Empty: for none. */
  readonly host: string | null
  readonly clientId: string
  readonly clientSecret: Secret | null
}

/** In any case: Windows knows no other, and a host that was overlooked would leave a secret to the public one. */
const variable = /^CLOUDAIPILOT_([A-Z0-9_]+?)_(CLIENT_ID|CLIENT_SECRET|HOST)$/i

/**
 * Takes the variables that bring OAuth apps out of an environment, which every program that the app starts inherits.
 * @returns them
 */
export const takeOAuthVariables = (env: NodeJS.ProcessEnv): Record<string, string> => {
  const taken = Object.entries(env).filter((entry): entry is [string, string] => variable.test(entry[0]))
  for (const [name] of taken) delete env[name]
  return Object.fromEntries(taken)
}

/**
 * Reads OAuth apps from `CLOUDAIPILOT_<PROVIDER>_CLIENT_ID`, `..._CLIENT_SECRET` and `..._HOST`, and takes them out of
 * the environment. A secret without an id is dropped.
 */
export const takeEnvironmentApps = (env: NodeJS.ProcessEnv): readonly EnvironmentApp[] => {
  const found = new Map<string, Partial<Record<string, string>>>()
  for (const [name, value] of Object.entries(takeOAuthVariables(env))) {
    const [, provider, what] = variable.exec(name) ?? []
    if (provider === undefined || what === undefined) continue
    const id = provider.toLowerCase().replaceAll('_', '-')
    found.set(id, { ...found.get(id), [what.toUpperCase()]: value.trim() })
  }
  return [...found].flatMap(([provider, { CLIENT_ID: clientId, CLIENT_SECRET: secret, HOST: host }]) =>
    clientId ? [{ provider, host: host ?? null, clientId, clientSecret: secret ? new Secret(secret) : null }] : [],
  )
}
