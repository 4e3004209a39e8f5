import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import type { ReactNode } from 'react'
import button from './button.module.css'
import { classNames } from './class-names'

/** What a menu offers. `danger` items stand last, after a line. */
export interface MenuAction {
  readonly label: string
  readonly icon?: ReactNode
  readonly danger?: boolean
  readonly disabled?: boolean
  readonly run: () => void
}

/** The ⋯ at the end of a row: everything that is not the one next thing. Empty groups leave no line. */
export const MoreMenu = (props: { readonly label: string; readonly groups: readonly (readonly MenuAction[])[] }) => {
  const groups = props.groups.filter((group) => group.length > 0)
  return (
    <Menu>
      <Menu.Target>
        <button
          type="button"
          className={classNames(button.button, button.quiet, button.square)}
          aria-label={props.label}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {groups.map((group, index) => (
          <div key={group[0]?.label} role="none">
            {index > 0 && <Menu.Divider />}
            {group.map((action) => (
              <Menu.Item
                key={action.label}
                leftSection={action.icon}
                disabled={action.disabled === true}
                data-danger={action.danger === true ? '' : undefined}
                onClick={action.run}
              >
                {action.label}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
