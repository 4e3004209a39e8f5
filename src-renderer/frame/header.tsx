import { Search } from 'lucide-react'
import { palette } from '../features/palette/palette'
import type { Route } from '../route'
import style from './frame.module.css'
import { PlaceLink } from './place-link'
import { words } from './words'

/** Where one is, from the widest to the narrowest. */
export const Header = ({ crumbs }: { readonly crumbs: Route['crumbs'] }) => (
  <div className={style.header}>
    <nav aria-label={words.path}>
      <ol className={style.crumbs}>
        {crumbs.map((crumb, index) => (
          <li
            key={typeof crumb === 'string' ? crumb : crumb.to}
            aria-current={index === crumbs.length - 1 ? 'page' : undefined}
          >
            {typeof crumb === 'string' ? crumb : <PlaceLink to={crumb.to}>{crumb.label}</PlaceLink>}
          </li>
        ))}
      </ol>
    </nav>
    <button type="button" className={style.search} onClick={palette.toggle}>
      <Search size={14} aria-hidden />
      {words.search}
      <kbd>{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  </div>
)
