import { takeOAuthVariables } from '../features/settings/environment-apps'
import { startAgainWith, takeHandedOver } from './restart'
import { removeVariables, secretVariables } from './secret-variables'
import { clearInStartedChildren } from './started-children'

/**
 * Takes every secret out of the environment, so that no program that is started from here on and no window finds one there.
 * A command in the terminal leaves those that are not ours to the git that it runs, as for any program there. Where Chromium's
 * first processes know the secrets and can't be cleared of them, the app starts again without, and this call does not return.
 * @returns what the environment said about OAuth apps
 */
export const takeEnvironment = (env: NodeJS.ProcessEnv, inTerminal: boolean): Record<string, string> => {
  const handedOver = takeHandedOver(env)
  const secrets = secretVariables(env)
  const isClear = clearInStartedChildren(secrets)
  const oauthVariables = { ...takeOAuthVariables(env), ...handedOver }
  if (inTerminal) return oauthVariables
  removeVariables(env, secrets)
  if (isClear) return oauthVariables
  startAgainWith(oauthVariables, env)
  process.exit(0)
}
