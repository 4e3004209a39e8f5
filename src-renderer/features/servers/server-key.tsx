import { KeyRound } from 'lucide-react'
import type { Server } from '../../../src-preload/contract/entities/server'
import { api } from '../../api'
import { Button } from '../../ui/button'
import { CopyButton } from '../../ui/copy-button'
import { MonoLine } from '../../ui/mono-line'
import type { ServerDialog } from './server-dialogs'
import { authorizeCommand } from './server-view'
import style from './servers.module.css'
import { words } from './words'

/** The public half of a server's key, and the two ways in which it gets there. */
export const ServerKeyPanel = (props: {
  readonly server: Server
  readonly onDialog: (dialog: ServerDialog) => void
}) => {
  const { server } = props
  const command = authorizeCommand(server.publicKey)
  return (
    <div className={style.fields}>
      <code className={style['public-key']}>{server.publicKey}</code>
      <div className={style.buttons}>
        <CopyButton copy={() => api.system.copy({ text: server.publicKey })}>{words.copyKey}</CopyButton>
        <Button
          icon={<KeyRound size={14} aria-hidden />}
          onClick={() => props.onDialog({ kind: 'install-key', id: server.id })}
        >
          {words.installWithPassword}
        </Button>
      </div>
      <div>
        <p className={style.quiet}>{words.keySteps(server.user)}</p>
        <MonoLine text={command} label={words.copyCommand} copy={() => api.system.copy({ text: command })} />
      </div>
    </div>
  )
}
