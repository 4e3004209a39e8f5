import type { CommandLine } from 'electron'

/**
 * Settings of Blink (its `settings.json5`) that hold for every page and frame, whatever else changes their preferences.
 * Electron before 37 lets any page paste by script; `webPreferences` can't take that back.
 */
const blinkSettings = [
  // `document.execCommand('paste')` reads the clipboard. Pasting by keyboard or menu doesn't ask this setting.
  'DOMPasteAllowed=false',
  'javaScriptCanAccessClipboard=false',
  // `<link rel=dns-prefetch>` asks a name server for any name, and no policy of the page stands in its way.
  'dnsPrefetchingEnabled=false',
]

/** Features of Chromium that reach out by themselves or draw foreign pages, and that no page of ours uses. */
const unusedFeatures = [
  // Speculation rules load pages ahead.
  'Prerender2',
  'SpeculationRulesPrefetchProxy',
  'LoadingPredictorPrefetch',
  // Frames that hold a page of another origin.
  'FencedFrames',
  'Portals',
  // Looks for screens on the local network.
  'MediaRouter',
  // Sockets for pages.
  'DirectSockets',
  // Asks Google for the time, over plain HTTP.
  'NetworkTimeServiceQuerying',
]

type Switches = Pick<CommandLine, 'appendSwitch' | 'getSwitchValue'>

/** What stands there stays, so that a switch given at the start is not lost. */
const add = (line: Switches, name: string, values: readonly string[]): void => {
  const before = line.getSwitchValue(name)
  line.appendSwitch(name, [...(before === '' ? [] : [before]), ...values].join(','))
}

/** Sets what Chromium reads before its first process starts. Call it before the app is ready. */
export const setChromiumSwitches = (line: Switches): void => {
  add(line, 'blink-settings', blinkSettings)
  add(line, 'disable-features', unusedFeatures)
}
