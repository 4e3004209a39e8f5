import { Menu } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import { useSystem } from '../features/system/use-system'
import { navigate } from '../location'
import type { SidebarEntry } from '../route'
import { features, sidebar } from '../routes'
import { initialsOf } from '../ui/initials'
import style from './frame.module.css'
import { PlaceLink } from './place-link'
import { words } from './words'

const Organization = () => {
  const name = useSystem((state) => state.info?.organization ?? '')
  if (name === '') return <div className={style.organization} />
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={style.organization}>
          <span className={style.mark} aria-hidden="true">
            {initialsOf(name).slice(0, 1)}
          </span>
          <span>{name}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => navigate('/accounts')}>{words.accounts}</Menu.Item>
        <Menu.Item onClick={() => navigate('/settings/general')}>{words.general}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => navigate('/settings/general#about')}>{words.about}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const isHere = (entry: SidebarEntry, path: string): boolean => path === entry.to || path.startsWith(`${entry.to}/`)

const Entries = ({ group, path }: { readonly group: SidebarEntry['group']; readonly path: string }) => (
  <ul>
    {sidebar
      .filter((entry) => entry.group === group)
      .map((entry) => (
        <li key={entry.to} className={style.line}>
          <PlaceLink
            to={entry.to}
            className={style.entry}
            title={entry.label}
            aria-current={isHere(entry, path) ? 'page' : undefined}
          >
            {entry.icon}
            <span className={style['entry-label']}>{entry.label}</span>
          </PlaceLink>
          {entry.badge !== undefined && (
            <span className={style.badge}>
              <entry.badge />
            </span>
          )}
        </li>
      ))}
  </ul>
)

/** The left column: the organization, what people work with, the settings, and where secrets are kept. */
export const Sidebar = ({ path }: { readonly path: string }) => (
  <div className={style.sidebar}>
    <Organization />
    <nav className={style.nav} aria-label={words.navigation}>
      {sidebar.some((entry) => entry.group === 'top') && <Entries group="top" path={path} />}
      <div>
        <h2 className={style.heading}>{words.settings}</h2>
        <Entries group="settings" path={path} />
      </div>
    </nav>
    {features.map(({ name, foot: Foot }) => Foot !== undefined && <Foot key={name} />)}
  </div>
)
