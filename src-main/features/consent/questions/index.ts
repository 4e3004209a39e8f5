import type { Language } from '../../../../src-preload/contract/language'
import type { Questions } from '../gate'
import type { Known } from '../known'
import { consentWordsIn } from '../words'
import { appQuestions, webhookQuestions } from './apps'
import { importQuestions } from './imports'
import { serverQuestions } from './servers'
import { settingsQuestions } from './settings'
import { certificateQuestions, hostKeyQuestions, sshKeyQuestions } from './trust'
import { vaultQuestions } from './vault'

/** What a person is asked, by the call that asks. */
export const createQuestions = (known: Known, language: () => Language): Questions => {
  const words = () => consentWordsIn(language())
  return {
    servers: serverQuestions(known, words),
    apps: appQuestions(known, words),
    webhooks: webhookQuestions(known, words),
    sshKeys: sshKeyQuestions(known, words),
    hostKeys: hostKeyQuestions(known, words),
    imports: importQuestions(known, words),
    certificates: certificateQuestions(known, words, language),
    vault: vaultQuestions(known, words),
    settings: settingsQuestions(known, words),
  }
}
