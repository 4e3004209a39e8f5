import { X } from 'lucide-react'
import { navigate } from '../../location'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { system, useSystem } from './use-system'
import { words } from './words'

/** Notices above every screen, each until it is put away. */
export const NoticeBar = () =>
  useSystem((state) => state.notices).map((notice) => (
    <Banner
      key={notice.id}
      tone={notice.kind === 'deep-link-ignored' ? 'idle' : 'warn'}
      title={words.notices[notice.kind].title}
      actions={
        <>
          {notice.kind === 'vault-rolled-back' && (
            <Button small onClick={() => navigate('/accounts')}>
              {words.notices[notice.kind].action}
            </Button>
          )}
          <IconButton
            label={words.dismiss}
            icon={<X size={14} aria-hidden />}
            onClick={() => void system.dismiss(notice.id)}
          />
        </>
      }
    >
      {words.notices[notice.kind].text}{' '}
      {notice.kind !== 'deep-link-ignored' && notice.detail !== '' && <code>{notice.detail}</code>}
    </Banner>
  ))
