import { isForTryingOnly, type SystemInfo } from '../../../src-preload/contract/system'
import { Banner } from '../../ui/banner'
import { words } from './words'

/** An honest word about a package that was made without the official runtime, and about one whose runtime is old. */
export const RuntimeWarnings = ({
  info,
}: {
  readonly info: Pick<SystemInfo, 'version' | 'electron' | 'runtimeEndOfLife'>
}) => (
  <>
    {isForTryingOnly(info.version) && (
      <Banner tone="warn" title={words.forTryingOnly}>
        {words.forTryingOnlyText}
      </Banner>
    )}
    {info.runtimeEndOfLife && (
      <Banner tone="warn" title={words.endOfLife(info.electron)}>
        {words.endOfLifeText}
      </Banner>
    )}
  </>
)
