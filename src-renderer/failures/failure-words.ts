import type { FailureCode } from '../../src-preload/contract/outcome'
import { deployFailures } from './deploy-failures'
import { factWords } from './fact-words'
import type { FactReader } from './facts'
import { gitFailures } from './git-failures'
import { hostFailures } from './host-failures'
import { localFailures } from './local-failures'
import type { FailureWords, Sentence } from './sentence'
import { signInFailures } from './sign-in-failures'
import { sshFailures } from './ssh-failures'

/** Words for every failure there is: a code without words does not compile. */
export const failureWords = {
  ...signInFailures,
  ...hostFailures,
  ...gitFailures,
  ...sshFailures,
  ...deployFailures,
  ...localFailures,
} satisfies Record<FailureCode, FailureWords>

const say = (sentence: Sentence, facts: FactReader): string =>
  typeof sentence === 'string' ? sentence : sentence(facts)

/** A clock that is off makes good credentials look bad, so every failure that noticed it says so. */
const clockHint = (code: FailureCode, facts: FactReader): string => {
  const minutes = Math.round(Math.abs(Number(facts.get('clockSkew'))) / 60)
  if (code === 'clock-wrong' || !(minutes > 0)) return ''
  return ` ${factWords.clockOff(minutes)}`
}

/** A failure's words with its facts filled in. */
export const wordsFor = (code: FailureCode, facts: FactReader) => {
  const words: FailureWords = failureWords[code]
  return {
    title: say(words.title, facts),
    cause: (say(words.cause, facts) + clockHint(code, facts)).trim(),
    fix: say(words.fix, facts),
    action: typeof words.action === 'function' ? words.action(facts) : words.action,
    calm: words.calm === true,
  }
}
