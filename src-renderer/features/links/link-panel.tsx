import { back, replace } from '../../location'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import style from './link-panel.module.css'
import { words } from './words'

/** Shows what a link from outside wants. Main has read it: `name` and `to` of a repository, else the `text` of the link. */
export const LinkPanel = ({ params: { name, to, text = '' } }: { readonly params: Params }) =>
  name !== undefined && to !== undefined ? (
    <>
      <p>{words.asked}</p>
      <code className={style.link}>{name}</code>
      <p className={style.note}>{words.careful}</p>
      <DialogButtons>
        <Button data-autofocus onClick={back}>
          {words.cancel}
        </Button>
        <Button look="primary" onClick={() => replace(to)}>
          {words.open}
        </Button>
      </DialogButtons>
    </>
  ) : (
    <>
      <p>{words.strange}</p>
      <code className={style.link}>{text}</code>
      <p className={style.note}>{words.nothing}</p>
      <DialogButtons>
        <Button data-autofocus onClick={back}>
          {words.close}
        </Button>
      </DialogButtons>
    </>
  )
