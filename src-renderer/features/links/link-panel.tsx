import { back, replace } from '../../location'
import type { Params } from '../../route'
import { Button } from '../../ui/button'
import { DialogButtons } from '../../ui/dialog'
import style from './link-panel.module.css'
import { words } from './words'

/** Shows what a link from outside wants. Main has read it: `name` and `to` of a repository, else the `text` of the link. */
export const LinkPanel = ({ params: { name, to, text } }: { readonly params: Params }) => {
  const known = to !== undefined
  return (
    <>
      <p>{known ? words.asked : words.strange}</p>
      <code className={style.link}>{known ? name : text}</code>
      <p className={style.note}>{known ? words.careful : words.nothing}</p>
      <DialogButtons>
        <Button data-autofocus onClick={back}>
          {known ? words.cancel : words.close}
        </Button>
        {known && (
          <Button look="primary" onClick={() => replace(to)}>
            {words.open}
          </Button>
        )}
      </DialogButtons>
    </>
  )
}
