import { useState } from 'react'
import type { Server } from '../../../src-preload/contract/entities/server'
import type { FailureData } from '../../../src-preload/contract/outcome'
import { FailureCard } from '../../failures/failure-card'
import { toFailure } from '../../failures/to-failure'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import { TextField } from '../../ui/field'
import { RadioList } from '../../ui/radio-list'
import { isPort } from './server-place'
import style from './servers.module.css'
import { servers } from './use-servers'
import { words } from './words'

const form = words.receiverForm

const isPath = (text: string): boolean => text.trim() === '' || text.trim().startsWith('/')

/** How pushes reach a server: its port, a certificate, and what the person says it is reached by. */
export const ReceiverForm = ({ server, onClose }: { readonly server: Server; readonly onClose: () => void }) => {
  const { receiver } = server
  const [listen, setListen] = useState(receiver.listen)
  const [port, setPort] = useState(String(receiver.port))
  const [publicUrl, setPublicUrl] = useState(receiver.publicUrl ?? '')
  const [chain, setChain] = useState(receiver.certificate?.chain ?? '')
  const [key, setKey] = useState(receiver.certificate?.key ?? '')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<FailureData | null>(null)
  const onePath = (chain.trim() === '') !== (key.trim() === '')
  const complete = isPort(port) && isPath(chain) && isPath(key) && !(listen === 'own-port' && onePath)

  const save = async () => {
    if (!complete) return
    setBusy(true)
    setFailure(null)
    try {
      await servers.setReceiver({
        id: server.id,
        listen,
        port: Number(port),
        publicUrl: publicUrl.trim() === '' ? null : publicUrl.trim(),
        certificate: listen === 'own-port' && chain.trim() !== '' ? { chain: chain.trim(), key: key.trim() } : null,
      })
      onClose()
    } catch (error) {
      setFailure(toFailure(error))
      setBusy(false)
    }
  }
  const pem = (
    <>
      <TextField
        label={form.chain}
        value={chain}
        maxLength={1024}
        placeholder="/etc/ssl/hooks/fullchain.pem"
        error={isPath(chain) ? undefined : form.badPath}
        onText={setChain}
      />
      <TextField
        label={form.key}
        about={form.pemAbout}
        value={key}
        maxLength={1024}
        placeholder="/etc/ssl/hooks/privkey.pem"
        error={isPath(key) ? (onePath ? form.bothPaths : undefined) : form.badPath}
        onText={setKey}
      />
    </>
  )
  return (
    <form
      className={style.fields}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <RadioList
        label={form.listen}
        value={listen}
        onChange={setListen}
        choices={[
          { value: 'own-port', label: form.ownPort, about: form.ownPortAbout, body: pem },
          { value: 'loopback', label: form.loopback, about: form.loopbackAbout },
        ]}
      />
      <TextField
        label={form.port}
        value={port}
        inputMode="numeric"
        maxLength={5}
        error={isPort(port) ? undefined : form.badPort}
        onText={setPort}
      />
      <TextField
        label={form.publicUrl}
        about={form.publicUrlAbout}
        value={publicUrl}
        maxLength={2048}
        placeholder={receiver.address}
        onText={setPublicUrl}
      />
      {failure !== null && (
        <FailureCard failure={failure} facts={{ host: server.host }} handlers={{ retry: () => void save() }} />
      )}
      <DialogButtons>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!complete}>
          {words.form.save}
        </Button>
      </DialogButtons>
    </form>
  )
}
