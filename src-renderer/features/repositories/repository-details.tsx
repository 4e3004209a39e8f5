import { ExternalLink, X } from 'lucide-react'
import { useState } from 'react'
import type { Repository } from '../../../src-preload/contract/entities/repository'
import { api } from '../../api'
import { reportFailure } from '../../failures/report-failure'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { MonoLine } from '../../ui/mono-line'
import { Branches } from './branches'
import style from './repositories.module.css'
import { RepositoryMarks } from './repository-row'
import { words } from './words'

/** One repository beside the list: its addresses, its branches, and the test clone. */
export const RepositoryDetails = (props: {
  readonly repository: Repository
  readonly onClone: (repository: Repository, branch: string | null) => void
  readonly onClose: () => void
}) => {
  const { repository } = props
  const [branch, setBranch] = useState<string | null>(null)
  const copy = (text: string) => () => api.system.copy({ text })
  return (
    <section className={style.details} aria-label={words.details}>
      <header className={style.detailsHead}>
        <h2 className={style.detailsTitle}>
          <bdi>{repository.path}</bdi>
        </h2>
        <IconButton label={words.close} icon={<X size={16} aria-hidden />} onClick={props.onClose} />
      </header>
      <RepositoryMarks repository={repository} />
      <div className={style.detailsActions}>
        <Button look="primary" onClick={() => props.onClone(repository, branch)}>
          {words.testClone}
        </Button>
        <Button
          icon={<ExternalLink size={14} aria-hidden />}
          onClick={() =>
            void api.repositories.open({ accountId: repository.accountId, id: repository.id }).catch(reportFailure)
          }
        >
          {words.openPage}
        </Button>
      </div>
      <h3 className={style.detailsLabel}>{words.httpsAddress}</h3>
      <MonoLine text={repository.httpsUrl} label={words.copyHttps} copy={copy(repository.httpsUrl)} />
      {repository.sshUrl !== null && (
        <>
          <h3 className={style.detailsLabel}>{words.sshAddress}</h3>
          <MonoLine text={repository.sshUrl} label={words.copySsh} copy={copy(repository.sshUrl)} />
        </>
      )}
      <Branches
        key={repository.key}
        repository={repository}
        chosen={branch ?? repository.defaultBranch}
        onChoose={setBranch}
      />
    </section>
  )
}
