import type { QuestionsOf } from '../gate'
import type { Known } from '../known'
import type { ConsentWords } from '../words'

/** Logins that another program keeps. */
export const importQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'imports'> => ({
  take: async ({ id }) => {
    const { labels, access: said } = words()
    const { source, host, login } = known.foundLogin(id)
    return {
      title: said.login(new URL(host).host),
      text: said.loginText,
      facts: [
        { kind: 'text', label: labels.program, value: said.programs[source] },
        { kind: 'text', label: labels.host, value: host },
        ...(login === '' ? [] : [{ kind: 'text', label: labels.login, value: login } as const]),
      ],
      note: '',
      tone: 'plain',
      verb: said.loginVerb,
    }
  },
})
