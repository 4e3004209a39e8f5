import { Search } from 'lucide-react'
import { togglePalette } from '../features/palette/palette'
import type { Crumb, Match, Params } from '../route'
import style from './frame.module.css'
import { PlaceLink } from './place-link'
import { words } from './words'

const Step = ({ crumb, params }: { readonly crumb: Crumb; readonly params: Params }) => {
  if (typeof crumb === 'string') return crumb
  return 'to' in crumb ? <PlaceLink to={crumb.to}>{crumb.label}</PlaceLink> : <crumb.name params={params} />
}

/** Where one is, from the widest to the narrowest. */
export const Header = ({ at: { route, params } }: { readonly at: Match }) => (
  <div className={style.header}>
    <nav aria-label={words.path}>
      <ol className={style.crumbs}>
        {route.crumbs.map((crumb, index) => (
          <li
            key={typeof crumb === 'string' ? crumb : crumb.label}
            aria-current={index === route.crumbs.length - 1 ? 'page' : undefined}
          >
            <Step crumb={crumb} params={params} />
          </li>
        ))}
      </ol>
    </nav>
    <button type="button" className={style.search} onClick={togglePalette}>
      <Search size={14} aria-hidden />
      {words.search}
      <kbd>{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  </div>
)
