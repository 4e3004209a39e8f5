import { openDesktopSession } from '../../../scripts/desktop-session.mjs'
import { profileIn, root } from '../../fixtures/electron'
import { startApp } from '../app-start'
import type { Figure } from '../figure'
import { compare } from '../samples'

/** Tells that the page shows its content. */
const ready =
  "(function look() { if ('ready' in document.body.dataset) report('ready'); else requestAnimationFrame(look) })()"

/** A start whose keychain waits behind a dialog that nobody answers, beside one whose keychain is open. */
export const figure: Figure = {
  name: 'start-behind-dialog',
  measure: async ({ env }) => {
    const session = await openDesktopSession({ keychain: 'unlocked', env })
    try {
      const start = (keychain: 'locked' | 'unlocked') => async () => {
        await session.setKeychain(keychain)
        const started = startApp({ app: root, profile: profileIn(session.home), env: session.env, script: ready })
        try {
          return await started.mark('ready')
        } finally {
          await started.stop()
        }
      }
      // The vault whose key the keychain keeps.
      await start('unlocked')()
      const { ours, reference } = await compare(5, start('locked'), start('unlocked'))
      return [
        {
          name: 'start behind a keychain’s dialog',
          unit: 'ms',
          ours,
          reference,
          limit: Math.max(2000, reference * 1.5),
          budget: '2 s, or an open keychain × 1.5',
        },
      ]
    } finally {
      await session.close()
    }
  },
}
