import { useEffect, useState } from 'react'
import type { Settings } from '../../../src-preload/contract/entities/settings'
import { FailureCard } from '../../failures/failure-card'
import { useReady } from '../../ready'
import { Group, Page, PageHeader } from '../../ui/page'
import { ChoiceRow } from '../../ui/setting-row'
import { TrustedCertificates } from '../certificates/trusted-certificates'
import { isProxyAddress, withScheme } from './proxy-address'
import { ProxyLogins } from './proxy-logins'
import { SavedText } from './saved-text'
import { settings, useSettings } from './use-settings'
import { words } from './words'

const ProxyRows = ({ proxy }: { readonly proxy: Settings['proxy'] }) => {
  // Nothing is changed until there is an address.
  const [manual, setManual] = useState(proxy.mode === 'manual')
  useEffect(() => setManual(proxy.mode === 'manual'), [proxy])
  return (
    <Group>
      <ChoiceRow
        label={words.proxy}
        about={words.proxyAbout}
        value={manual ? 'manual' : proxy.mode}
        choices={[
          ['system', words.proxyModes.system],
          ['none', words.proxyModes.none],
          ['manual', words.proxyModes.manual],
        ]}
        onChange={(mode) => {
          setManual(mode === 'manual')
          if (mode !== 'manual' && mode !== proxy.mode) void settings.change({ proxy: { ...proxy, mode } })
        }}
      />
      {manual && (
        <SavedText
          label={words.proxyUrl}
          about={words.proxyUrlAbout}
          value={proxy.url}
          placeholder="http://proxy.example.com:3128"
          check={(text) => (isProxyAddress(withScheme(text)) ? null : words.proxyUrlWrong)}
          unsaved={proxy.mode !== 'manual' && proxy.url !== ''}
          onSave={(url) => void settings.change({ proxy: { mode: 'manual', url: withScheme(url) } })}
        />
      )}
    </Group>
  )
}

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
      <ProxyLogins />
      <TrustedCertificates />
    </Page>
  )
}
