import { useEffect, useRef, useState } from 'react'
import { useReady } from '../../ready'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { TextField } from '../../ui/field'
import { Page, PageHeader, Section } from '../../ui/page'
import { useAccounts } from '../accounts/use-accounts'
import { AddressField, useSshAddress } from './address-field'
import { CheckConnection } from './check-connection'
import { ChooseKey } from './choose-key'
import { KeyPanel } from './key-panel'
import style from './ssh-keys.module.css'
import { useKeys } from './use-keys'
import { words } from './words'

/**
 * "Other (SSH key)": any git host that can be reached by SSH. `?key=` starts with a key, `?reconnects=` keeps an account
 * and everything that is bound to it.
 */
export const ConnectSshPage = ({ params }: { readonly params: Params }) => {
  const keys = useKeys()
  const account = useAccounts((state) => state.accounts?.find(({ id }) => id === params.reconnects))
  const [text, setText] = useState(params.address ?? '')
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | null>(params.key ?? null)
  const [aliasKey, setAliasKey] = useState<string | null>(null)
  const { address, refused } = useSshAddress(text)
  const panel = useRef<HTMLDivElement>(null)
  useReady(keys !== null)

  const [last] = account?.addresses ?? []
  useEffect(() => {
    if (last !== undefined) setText((typed) => typed || last)
  }, [last])

  const key = keys?.find(({ id }) => id === chosen) ?? null
  const choose = (id: string | null) => {
    setChosen(id)
    if (id !== null) requestAnimationFrame(showKey)
  }
  const showKey = () => {
    panel.current?.scrollIntoView({ block: 'start' })
    panel.current?.querySelector('button')?.focus({ preventScroll: true })
  }
  return (
    <Page width="narrow">
      <PageHeader
        title={account === undefined ? words.connectTitle : words.replaceTitle(account.label || account.login)}
        about={account === undefined ? words.connectAbout : words.replaceAbout}
      />
      <Section title={words.stepAddress}>
        <div className={style.fields}>
          <AddressField text={text} refused={refused} onText={setText} onAlias={setAliasKey} />
          {account === undefined && (
            <TextField
              label={words.accountName}
              value={name}
              maxLength={80}
              placeholder={address === null ? '' : `${address.user}@${address.host}`}
              onText={setName}
            />
          )}
        </div>
      </Section>
      <Section title={words.stepKey}>
        {key === null ? (
          <ChooseKey onKey={({ id }) => choose(id)} wanted={aliasKey} />
        ) : (
          <div className={style.chosen}>
            <span>
              <span className={style.name}>{key.name}</span>{' '}
              <span className={style.quiet}>{words.size(key.type, key.bits)}</span>
            </span>
            <Button small look="quiet" onClick={() => choose(null)}>
              {words.otherKey}
            </Button>
          </div>
        )}
      </Section>
      {key !== null && (
        <>
          <Section title={words.stepPaste}>
            <div ref={panel} className={style.scrollTo}>
              <KeyPanel sshKey={key} host={address?.host ?? null} path={address?.path ?? null} />
            </div>
          </Section>
          <Section title={words.stepTest}>
            <CheckConnection
              key={key.id}
              sshKey={key}
              address={address}
              name={account?.name ?? name}
              reconnects={account?.id ?? null}
              onShowKey={showKey}
            />
          </Section>
        </>
      )}
    </Page>
  )
}
