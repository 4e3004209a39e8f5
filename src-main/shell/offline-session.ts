import type { Session } from 'electron'

/**
 * Takes the network away from a session: a page that is served by main needs none. Whatever its pages try to reach goes
 * to a proxy that can't be connected to, for loopback addresses too, and no name is looked up for it. This also holds
 * where no content policy looks, e.g. for TURN over TCP.
 */
export const takeOffline = async (session: Session): Promise<void> => {
  // Else Chromium fetches a dictionary for the language of the system.
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  // Port 0 names no port: connecting fails at once, and nothing leaves.
  await session.setProxy({ mode: 'fixed_servers', proxyRules: 'socks5://127.0.0.1:0', proxyBypassRules: '<-loopback>' })
}
