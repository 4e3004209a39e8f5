import { Tick } from '../../ui/labelled'
import { type AppDraft, withCheck } from './app-draft'
import { words } from './form-words'

/** Checks of git-fsck(1) that are allowed for this app or stood in a deploy's way; nothing where there are none. */
export const AllowedChecks = (props: {
  readonly draft: AppDraft
  readonly onDraft: (change: Partial<AppDraft>) => void
}) => {
  const { allowedChecks, offeredChecks } = props.draft
  return offeredChecks.map((check) => (
    <Tick
      key={check}
      label={words.allowCheck(check)}
      about={words.allowCheckAbout}
      on={allowedChecks.includes(check)}
      onChange={(on) =>
        props.onDraft({
          allowedChecks: on ? withCheck(allowedChecks, check) : allowedChecks.filter((other) => other !== check),
        })
      }
    />
  ))
}
