/** Milliseconds from the start of the process in which git gets an answer or a plain word; the app that it asks first has 2 s more. */
const withoutPersonMs = 3_000
const withPersonMs = 27_000
/** What the rest of the answer takes at most, beside the wait for the keychain. */
const marginMs = 700

/** The keychain has this long in any case, in ms. */
export const shortestUnlockMs = 500

/** Whether a person is there who could unlock the keychain: git has said that it may ask, and a dialog has a display to open on. */
export const canUnlock = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean => {
  if (env.GIT_TERMINAL_PROMPT === '0' || /^(?:never|false|0)$/i.test(env.GCM_INTERACTIVE ?? '')) return false
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * How long the keychain may take to answer, in ms.
 * @param sinceStart ms since the process was started
 */
export const unlockTimeMs = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform, sinceStart: number): number =>
  Math.max(shortestUnlockMs, (canUnlock(env, platform) ? withPersonMs : withoutPersonMs) - marginMs - sinceStart)
