import { Archive, GitFork, Lock } from 'lucide-react'
import { memo } from 'react'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { Button } from '../../ui/button'
import { RelativeTime } from '../../ui/relative-time'
import style from './repositories.module.css'
import { words } from './words'

/** Marks that tell what kind of repository it is, each with its word. */
export const RepositoryMarks = ({ repository }: { readonly repository: Repository }) => (
  <span className={style.marks}>
    {repository.private && (
      <span className={style.mark}>
        <Lock size={12} aria-hidden /> {words.marks.private}
      </span>
    )}
    {repository.fork && (
      <span className={style.mark}>
        <GitFork size={12} aria-hidden /> {words.marks.fork}
      </span>
    )}
    {repository.archived && (
      <span className={style.mark}>
        <Archive size={12} aria-hidden /> {words.marks.archived}
      </span>
    )}
  </span>
)

/** Owner and name, isolated so that right-to-left names cannot rearrange the line. */
const Path = ({ repository: { path, name } }: { readonly repository: Repository }) => (
  <span className={style.path} title={path}>
    <bdi className={style.owner}>{path.slice(0, path.length - name.length)}</bdi>
    <bdi className={style.name}>{name}</bdi>
  </span>
)

/** One repository. `null` is a row that is on its way: it keeps its place. `current` is the row that Tab reaches. */
export const RepositoryRow = memo(
  (props: {
    readonly repository: Repository | null
    readonly account: string | null
    readonly selected: boolean
    readonly current: boolean
    readonly top: number
    readonly index: number
    readonly total: number
    readonly onSelect: (index: number, repository: Repository) => void
    readonly onClone: (repository: Repository) => void
  }) => {
    const { repository, index } = props
    return (
      <li
        className={style.row}
        style={{ transform: `translateY(${props.top}px)` }}
        aria-setsize={props.total}
        aria-posinset={index + 1}
        data-index={index}
        data-selected={props.selected ? '' : undefined}
      >
        {repository === null ? (
          <span className={style.ghost} />
        ) : (
          <>
            <button
              type="button"
              className={style.open}
              tabIndex={props.current ? 0 : -1}
              aria-pressed={props.selected}
              onClick={() => props.onSelect(index, repository)}
            >
              <span className={style.cell}>
                <Path repository={repository} />
                <RepositoryMarks repository={repository} />
              </span>
              <span className={style.language}>{repository.language ?? ''}</span>
              <span className={style.pushed}>
                {repository.pushedAt === null ? words.neverPushed : <RelativeTime at={repository.pushedAt} />}
              </span>
              {props.account !== null && <span className={style.account}>{props.account}</span>}
            </button>
            <span className={style.action}>
              <Button
                small
                tabIndex={props.current ? 0 : -1}
                aria-label={`${words.testClone} ${repository.path}`}
                onClick={() => props.onClone(repository)}
              >
                {words.testClone}
              </Button>
            </span>
          </>
        )}
      </li>
    )
  },
)
