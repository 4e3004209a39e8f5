import { createFakeBridge } from './fake-bridge'
import { type SceneName, scenes } from './scenes'

declare global {
  interface Window {
    readonly sceneName: SceneName
  }
}

const fake = createFakeBridge(scenes[window.sceneName], (method) =>
  console.error(`The scene has no answer for ${method}`),
)
Object.assign(window, { bridge: fake.bridge, announce: fake.announce })
