import {
  type CloneMode,
  type ClonePhase,
  type CloneProgress,
  clonePhases,
} from '../../../src-preload/contract/entities/clone'
import { formatBytes, formatCount } from '../../ui/numbers'
import style from './clone-sheet.module.css'
import { words } from './words'

/** The phases that a person sees for each kind of test. */
const shown: Readonly<Record<CloneMode, readonly ClonePhase[]>> = {
  quick: ['connect'],
  shallow: ['connect', 'count', 'receive', 'read'],
  full: ['connect', 'count', 'receive', 'resolve', 'checkout'],
}

const facts = ({ percent, objects, bytes, bytesPerSecond }: CloneProgress): string =>
  [
    percent === null ? null : `${percent} %`,
    objects === null ? null : words.objects(formatCount(objects)),
    bytes === null ? null : formatBytes(bytes),
    bytesPerSecond === null ? null : `${formatBytes(bytesPerSecond)} ${words.perSecond}`,
  ]
    .filter((part) => part !== null)
    .join(' · ')

/** The phases as a line that fills; a phase whose length git does not tell moves without a number. */
export const ClonePhases = ({
  mode,
  progress,
}: {
  readonly mode: CloneMode
  readonly progress: CloneProgress | null
}) => {
  const current = progress?.phase ?? 'connect'
  const at = clonePhases.indexOf(current)
  return (
    <div>
      <ol className={style.phases} aria-label={words.progress}>
        {shown[mode].map((phase) => {
          const index = clonePhases.indexOf(phase)
          const state = index < at ? 'done' : phase === current ? 'current' : 'waiting'
          const share = state === 'done' ? 100 : state === 'current' ? (progress?.percent ?? null) : 0
          return (
            <li
              key={phase}
              className={style.phase}
              data-state={state}
              aria-current={state === 'current' ? 'step' : undefined}
            >
              <span
                className={style.track}
                role="progressbar"
                aria-label={words.phases[phase]}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={share ?? undefined}
              >
                <span
                  className={style.fill}
                  data-moving={share === null ? '' : undefined}
                  style={{ width: share === null ? '30%' : `${share}%` }}
                />
              </span>
              <span>{words.phases[phase]}</span>
            </li>
          )
        })}
      </ol>
      <p className={style.numbers}>{progress === null ? '\u00a0' : facts(progress) || '\u00a0'}</p>
    </div>
  )
}
