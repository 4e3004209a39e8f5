import type { Fact } from '../../../../src-preload/consent-question'
import type { KeyHolderName, VaultStatus } from '../../../../src-preload/contract/entities/vault'
import { Failure } from '../../../../src-preload/contract/outcome'
import { shortestNewPassphrase } from '../../../credentials/passphrase/passphrase-verdict'
import type { QuestionsOf } from '../gate'
import type { Known } from '../known'
import type { ConsentWords } from '../words'

/** Who keeps the key to the secrets: before anything is kept, and from then on. */
export const vaultQuestions = (known: Known, words: () => ConsentWords): QuestionsOf<'vault'> => {
  const keptBy = ({ holder }: VaultStatus, after: KeyHolderName): readonly Fact[] => {
    const { labels, vault } = words()
    return holder === null
      ? []
      : [{ kind: 'change', label: labels.keptBy, before: vault.holders[holder], after: vault.holders[after] }]
  }
  return {
    choosePassphrase: async () => {
      const status = known.vault()
      // Nobody types a passphrase that can't be set.
      if (!status.available.includes('passphrase')) throw new Failure('conflict', { state: status.state })
      const said = words().vault
      return {
        title: said.passphrase,
        text: said.passphraseText,
        facts: keptBy(status, 'passphrase'),
        note: '',
        tone: 'plain',
        verb: said.passphraseVerb,
        entry: {
          kind: 'new-passphrase',
          label: said.passphraseLabel,
          about: said.short(shortestNewPassphrase),
          repeat: { label: said.repeat, different: said.different },
        },
      }
    },
    unlock: async () => {
      if (known.vault().state !== 'locked') return null
      const said = words().vault
      return {
        title: said.unlock,
        text: said.unlockText,
        facts: [],
        note: '',
        tone: 'plain',
        verb: said.unlockVerb,
        entry: { kind: 'passphrase', label: said.passphraseLabel, about: '', repeat: null },
      }
    },
    chooseSession: async () => {
      const said = words().vault
      return {
        title: said.session,
        text: said.sessionText,
        facts: keptBy(known.vault(), 'session'),
        note: '',
        tone: 'plain',
        verb: said.sessionVerb,
      }
    },
    moveTo: async ({ holder }) => {
      const status = known.vault()
      if (status.holder === holder) return null
      const said = words().vault
      return {
        title: said.move,
        text: said.moveText,
        facts: keptBy(status, holder),
        note: '',
        tone: 'plain',
        verb: said.moveVerb,
      }
    },
    startOver: async () => {
      const said = words().vault
      return {
        title: said.startOver,
        text: said.startOverText,
        facts: [],
        note: '',
        tone: 'grave',
        verb: said.startOverVerb,
      }
    },
  }
}
