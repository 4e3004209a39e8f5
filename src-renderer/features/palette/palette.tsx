import { Combobox, useCombobox } from '@mantine/core'
import { useEffect, useId } from 'react'
import { useStore } from 'zustand'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import type { Command } from '../../route'
import { Dialog } from '../../ui/dialog'
import style from './palette.module.css'
import { createPalette, fits } from './palette-store'
import { words } from './words'

/** The palette of this window. */
export const palette = createPalette(api.repositories, api.system)

/** Opens or closes it. */
export const togglePalette = (): void => void palette.toggle().catch(reportFailure)

const repositoryCommands = (
  repositories: ReturnType<typeof palette.store.getState>['repositories'],
): readonly Command[] =>
  repositories.map(({ key, path, accountId }) => ({
    id: key,
    group: words.repositories,
    label: path,
    run: () => navigate(`/repositories?account=${encodeURIComponent(accountId)}&text=${encodeURIComponent(path)}`),
  }))

const copiedCommands = (copied: ReturnType<typeof palette.store.getState>['copied']): readonly Command[] =>
  copied === null
    ? []
    : [{ id: 'clipboard', group: words.clipboard, label: copied.name, run: () => navigate(copied.to) }]

const grouped = (commands: readonly Command[]): readonly (readonly [string, readonly Command[]])[] => {
  const groups = new Map<string, Command[]>()
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command])
  return [...groups]
}

/** Everything that can be done, by typing: commands of all features, accounts, keys, repositories. */
export const Palette = ({ commands }: { readonly commands: () => readonly Command[] }) => {
  const { open, text, repositories, copied } = useStore(palette.store)
  // It keeps Escape to itself, so that the dialog around it never hears of it.
  const combobox = useCombobox({ opened: true, onDropdownClose: () => palette.close() })
  const list = useId()
  const offered = open
    ? [
        ...[...copiedCommands(copied), ...commands()].filter((command) => fits(command, text)),
        ...repositoryCommands(repositories),
      ]
    : []
  const first = offered[0]?.id
  useEffect(() => {
    if (first !== undefined) combobox.selectFirstOption()
  }, [first, combobox.selectFirstOption])
  const submit = (id: string) => {
    palette.close()
    offered.find((command) => command.id === id)?.run()
  }
  return (
    <Dialog open={open} title={words.title} size={560} onClose={palette.close}>
      <Combobox store={combobox} onOptionSubmit={submit}>
        <Combobox.EventsTarget withExpandedAttribute aria-expanded aria-controls={list}>
          <input
            className={style.input}
            type="text"
            aria-label={words.placeholder}
            placeholder={words.placeholder}
            spellCheck={false}
            autoComplete="off"
            data-autofocus
            value={text}
            onChange={({ currentTarget }) => void palette.type(currentTarget.value).catch(reportFailure)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options id={list} className={style.list ?? ''} aria-label={words.title}>
          {grouped(offered).map(([group, members]) => (
            <Combobox.Group key={group} label={group}>
              {members.map(({ id, label }) => (
                <Combobox.Option key={id} value={id} className={style.option ?? ''}>
                  <bdi>{label}</bdi>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {offered.length === 0 && <Combobox.Empty>{words.nothing}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </Dialog>
  )
}
