import style from './avatar.module.css'
import { initialsOf } from './initials'
import { ProviderIcon } from './provider-icon'

/** A person as initials, with the provider's mark on the rim. Pictures are not fetched: no remote bytes are drawn here. */
export const Avatar = ({ name, icon }: { readonly name: string; readonly icon?: string | undefined }) => (
  <span className={style.avatar} aria-hidden="true">
    {initialsOf(name)}
    {icon !== undefined && icon !== '' && (
      <span className={style.badge}>
        <ProviderIcon path={icon} size={11} />
      </span>
    )}
  </span>
)
