import type { Question } from '../../../../src-preload/consent-question'
import type { Settings } from '../../../../src-preload/contract/entities/settings'
import { checkSettings } from '../../settings/check-settings'
import { asciiAddress } from '../ascii-address'
import type { QuestionsOf } from '../gate'
import type { Known } from '../known'
import type { ConsentWords } from '../words'

const proxyQuestion = (before: Settings['proxy'], after: Settings['proxy'], words: ConsentWords): Question | null => {
  const { labels } = words
  const { modes, ...said } = words.settings.proxy
  const shown = ({ mode, url }: Settings['proxy']) =>
    mode === 'manual' && url !== '' ? asciiAddress(url) : modes[mode]
  if (before.mode === after.mode && before.url === after.url) return null
  const mode = after.mode === 'manual' ? 'use' : after.mode
  return {
    title: said[mode],
    text: said[`${mode}Text`],
    // An address that is kept for later counts as well.
    facts: [
      { kind: 'change', label: labels.proxy, before: shown(before), after: shown(after) },
      ...(after.mode !== 'manual' && after.url !== before.url
        ? [
            {
              kind: 'change',
              label: labels.address,
              before: asciiAddress(before.url),
              after: asciiAddress(after.url),
            } as const,
          ]
        : []),
    ],
    note: '',
    tone: 'plain',
    verb: said[`${mode}Verb`],
  }
}

const gitQuestion = (before: string | null, after: string | null, words: ConsentWords): Question | null => {
  const said = words.settings.git
  if (before === after) return null
  return {
    title: after === null ? said.automaticTitle : said.title,
    text: said.text,
    facts: [
      {
        kind: 'change',
        label: words.labels.gitPath,
        before: before ?? said.automatic,
        after: after ?? said.automatic,
      },
    ],
    note: '',
    tone: 'plain',
    verb: after === null ? said.automaticVerb : said.verb,
  }
}

const terminalQuestion = (before: boolean, after: boolean, words: ConsentWords): Question | null => {
  const { title, text, verb } = words.settings.terminal
  const { labels, yes, no } = words
  return before || !after
    ? null
    : {
        title,
        text,
        facts: [{ kind: 'change', label: labels.terminal, before: no, after: yes }],
        note: '',
        tone: 'plain',
        verb,
      }
}

/** Where connections go, which program is run with logins, and who else gets logins. */
export const settingsQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'settings'> => ({
  change: async (asked) => {
    const before = known.settings()
    const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
    const after: Settings = { ...before, ...given }
    checkSettings(after)
    const questions = [
      proxyQuestion(before.proxy, after.proxy, words()),
      gitQuestion(before.gitPath, after.gitPath, words()),
      terminalQuestion(before.useInTerminal, after.useInTerminal, words()),
    ].filter((question) => question !== null)
    const [only] = questions
    if (questions.length <= 1 || only === undefined) return only ?? null
    const { title, verb } = words().settings.several
    const text = questions.map((question) => question.text).join(' ')
    return { ...only, title, verb, text, facts: questions.flatMap(({ facts }) => facts) }
  },
  saveOAuthApp: async ({ provider, host: typed, clientId, clientSecret }) => {
    const said = words().access
    const { labels, none, newValue } = words()
    const host = known.normaliseHost(typed)
    const used = known.oauthApps().find((app) => app.provider === provider && (app.host === host || app.host === '*'))
    // A secret that is not its own locks everybody out who signs in with it.
    const isSame = used?.clientId === clientId && used.host === host && used.from === 'settings'
    if (isSame && clientSecret === '') return null
    const { host: name } = new URL(host)
    return {
      title: said.oauth(name),
      text: said.oauthText,
      facts: [
        { kind: 'text', label: labels.host, value: host },
        ...(isSame
          ? ([
              { kind: 'text', label: labels.clientId, value: clientId },
              { kind: 'text', label: labels.clientSecret, value: newValue },
            ] as const)
          : ([{ kind: 'change', label: labels.clientId, before: used?.clientId ?? none, after: clientId }] as const)),
      ],
      note: '',
      tone: 'plain',
      verb: said.oauthVerb,
    }
  },
})
