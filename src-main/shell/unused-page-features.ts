/**
 * What a page could ask for and ours never does (names of Blink's `runtime_enabled_features.json5`): without them the
 * interfaces aren't there at all, in no frame, so nothing depends on a permission or a click. Chromium passes over names
 * that it doesn't know.
 */
export const unusedPageFeatures = [
  // Devices.
  ...['WebUSB', 'WebHID', 'Serial', 'WebBluetooth', 'WebXR', 'WebGPU'],
  // Files and the screen outside the page.
  ...['FileSystemAccess', 'FileSystemAccessLocal', 'EyeDropperAPI', 'Presentation', 'RemotePlayback'],
  // What tells about the person or the computer.
  ...['FontAccess', 'IdleDetection', 'ScriptedSpeechRecognition'],
  // What shows or runs outside the page, or loads ahead.
  ...['Notifications', 'PaymentRequest', 'SharedWorker', 'SpeculationRules', 'FencedFrames', 'Portals'],
].join(',')
