/** Whether a window could open here. */
export function hasDisplay(env?: NodeJS.ProcessEnv): boolean

/** Starts an X server without a screen on a free display number; `env` is what reaches it. */
export function openDisplay(options?: { readonly size?: string }): Promise<{
  readonly env: { readonly DISPLAY: string; readonly XAUTHORITY: string }
  readonly close: () => Promise<void>
}>
