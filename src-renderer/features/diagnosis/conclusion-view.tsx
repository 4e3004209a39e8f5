import type { ReactNode } from 'react'
import type { Conclusion } from '../../../src-preload/contract/entities/diagnosis'
import { api } from '../../api'
import { hostName } from '../../failures/facts'
import { FailureCard } from '../../failures/failure-card'
import { reportFailure } from '../../failures/report-failure'
import { navigate } from '../../location'
import { useProvider } from '../../providers'
import { Banner } from '../../ui/banner'
import { Button, LinkButton } from '../../ui/button'
import type { StateTone } from '../../ui/state-mark'
import { accountFixes } from '../accounts/account-fixes'
import { useAccounts } from '../accounts/use-accounts'
import style from './diagnosis.module.css'
import { showRepository } from './show-repository'
import { words } from './words'

/** A conclusion that is no failure: a shape, what it comes to, and the one thing to do. */
interface Answer {
  readonly tone: StateTone
  readonly title: string
  readonly text: string
  readonly action: string
  readonly run: () => void
}

const openPage = (url: string) => () => void api.system.openPage({ url }).catch(reportFailure)

const connect = ({ provider, host }: Conclusion) => {
  const place = provider === null || host === null ? '' : `?${new URLSearchParams({ provider, host })}`
  navigate(`/accounts/connect${place}`)
}

const answerFor = (conclusion: Conclusion, asked: string, login: string): Answer | null => {
  const { repository, owner, host, page, hiddenBy } = conclusion
  const path = repository?.path ?? ''
  const show = { action: words.show, run: () => repository !== null && showRepository(repository) }
  switch (conclusion.finding) {
    case 'shown':
      return { tone: 'good', title: words.shown.title, text: words.shown.text(path, login), ...show }
    case 'found':
      return { tone: 'good', title: words.found.title, text: words.found.text(path), ...show }
    case 'listing':
      return {
        tone: 'idle',
        title: words.listing.title,
        text: words.listing.text(path, login),
        action: words.showList,
        run: () => navigate('/repositories'),
      }
    case 'filtered':
      return {
        tone: 'warn',
        title: words.filtered.title,
        text: words.filtered.text(path, hiddenBy),
        ...show,
        action: words.showAll,
      }
    case 'moved':
      return { tone: 'warn', title: words.moved.title, text: words.moved.text(asked, path), ...show }
    case 'not-listed':
      return {
        tone: 'warn',
        title: repository?.private === true ? words.hidden : words.notListed.title,
        text: words.notListed[repository?.private === true ? 'textPrivate' : 'text'](path, login),
        action: words.openPage,
        run: openPage(page ?? ''),
      }
    case 'not-connected':
      return {
        tone: 'warn',
        title: words.notConnected.title(host === null ? null : hostName(host)),
        text: words.notConnected.text,
        action: words.notConnected.action,
        run: () => connect(conclusion),
      }
    case 'not-a-member':
      return {
        tone: 'warn',
        title: words.hidden,
        text: words.notMember.text(login, owner ?? ''),
        action: words.notMember.action(owner ?? ''),
        run: openPage(`${host}/${encodeURIComponent(owner ?? '')}`),
      }
    case 'ssh-works':
      return {
        tone: 'good',
        title: words.sshWorks.title,
        text: words.sshWorks.text,
        action: words.sshWorks.action,
        run: () => navigate(`/accounts?account=${encodeURIComponent(conclusion.accountId ?? '')}`),
      }
    case 'failed':
      return null
  }
}

const Similar = ({ similar }: Pick<Conclusion, 'similar'>): ReactNode =>
  similar.length > 0 && (
    <p className={style.similar}>
      {words.similar}{' '}
      {similar.map((repository) => (
        <LinkButton key={repository.key} onClick={() => showRepository(repository)}>
          <bdi>{repository.path}</bdi>
        </LinkButton>
      ))}
    </p>
  )

/** What the checks come to, and the one thing to do about it. */
export const ConclusionView = (props: {
  readonly conclusion: Conclusion
  /** As the person named it. */
  readonly asked: string
  readonly onAgain: () => void
  readonly onEdit: () => void
}) => {
  const { conclusion } = props
  const { failure, accountId, page, host } = conclusion
  const account = useAccounts((state) => state.accounts?.find(({ id }) => id === accountId))
  const provider = useProvider(conclusion.provider ?? '')
  const login = account?.label || account?.login || ''
  const answer = answerFor(conclusion, props.asked, login)
  if (answer !== null) {
    return (
      <Banner tone={answer.tone} title={answer.title} actions={<Button onClick={answer.run}>{answer.action}</Button>}>
        {answer.text}
      </Banner>
    )
  }
  if (failure === null) return null
  const path = failure.code === 'not-found' ? failure.facts.path : undefined
  const unseen =
    path === undefined
      ? undefined
      : { ...words.notFound, title: words.notFound.title(path, login), action: 'open-page' as const }
  return (
    <>
      <FailureCard
        failure={failure}
        facts={{
          ...(provider === undefined ? {} : { provider: provider.title }),
          ...(host === null ? {} : { host }),
          ...(account === undefined ? {} : { kind: account.kind }),
        }}
        words={unseen}
        handlers={{
          ...(accountId === null ? {} : accountFixes(accountId, failure)),
          ...(page === null ? {} : { 'open-page': openPage(page) }),
          retry: props.onAgain,
          'edit-address': props.onEdit,
        }}
      />
      <Similar similar={conclusion.similar} />
    </>
  )
}
