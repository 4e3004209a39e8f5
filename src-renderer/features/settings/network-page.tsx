import type { Settings } from '../../../src-preload/contract/entities/settings'
import { FailureCard } from '../../failures/failure-card'
import { useReady } from '../../ready'
import { Group, Page, PageHeader } from '../../ui/page'
import { ChoiceRow } from '../../ui/setting-row'
import { TrustedCertificates } from '../certificates/trusted-certificates'
import { isProxyAddress } from './proxy-address'
import { SavedText } from './saved-text'
import { settings, useSettings } from './use-settings'
import { words } from './words'

const ProxyRows = ({ proxy }: { readonly proxy: Settings['proxy'] }) => (
  <Group>
    <ChoiceRow
      label={words.proxy}
      about={words.proxyAbout}
      value={proxy.mode}
      choices={[
        ['system', words.proxyModes.system],
        ['none', words.proxyModes.none],
        ['manual', words.proxyModes.manual],
      ]}
      onChange={(mode) => void settings.change({ proxy: { ...proxy, mode } })}
    />
    {proxy.mode === 'manual' && (
      <SavedText
        label={words.proxyUrl}
        about={words.proxyUrlAbout}
        value={proxy.url}
        placeholder="http://proxy.example.com:3128"
        check={(text) => (isProxyAddress(text) ? null : words.proxyUrlWrong)}
        onSave={(url) => void settings.change({ proxy: { ...proxy, url } })}
      />
    )}
  </Group>
)

/** Settings › Network: the way out, and whom to trust on it. */
export const NetworkPage = () => {
  const current = useSettings((state) => state.settings)
  const failure = useSettings((state) => state.failure)
  useReady(current !== null || failure !== null)
  return (
    <Page>
      <PageHeader title={words.network} />
      {failure !== null && <FailureCard failure={failure} />}
      {current !== null && <ProxyRows proxy={current.proxy} />}
      <TrustedCertificates />
    </Page>
  )
}
