import { accountsFeature } from './features/accounts/feature'
import { appsFeature } from './features/apps/feature'
import { certificatesFeature } from './features/certificates/feature'
import { clonesFeature } from './features/clones/feature'
import { diagnosisFeature } from './features/diagnosis/feature'
import { hostKeysFeature } from './features/host-keys/feature'
import { linksFeature } from './features/links/feature'
import { words as paletteWords } from './features/palette/words'
import { repositoriesFeature } from './features/repositories/feature'
import { serversFeature } from './features/servers/feature'
import { settingsFeature } from './features/settings/feature'
import { shortcutsFeature } from './features/shortcuts/feature'
import { signInsFeature } from './features/sign-ins/feature'
import { sshKeysFeature } from './features/ssh-keys/feature'
import { systemFeature } from './features/system/feature'
import { vaultFeature } from './features/vault/feature'
import { navigate } from './location'
import type { Command, Feature } from './route'

/** Everything the window can show. A feature is one line here; bars stand in this order. */
export const features: readonly Feature[] = [
  systemFeature,
  vaultFeature,
  signInsFeature,
  accountsFeature,
  repositoriesFeature,
  clonesFeature,
  diagnosisFeature,
  appsFeature,
  serversFeature,
  sshKeysFeature,
  hostKeysFeature,
  settingsFeature,
  certificatesFeature,
  linksFeature,
  shortcutsFeature,
]

export const routes = features.flatMap((feature) => feature.routes ?? [])
export const sidebar = features.flatMap((feature) => feature.sidebar ?? []).sort((a, b) => a.order - b.order)

/** Everything the command palette offers: each screen of the sidebar, and what the features add at this moment. */
export const commands = (): readonly Command[] => [
  ...sidebar.map(({ label, to }) => ({ id: to, group: paletteWords.goTo, label, run: () => navigate(to) })),
  ...features.flatMap((feature) => feature.commands?.() ?? []),
]
