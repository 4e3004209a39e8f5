import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './paste-words'

const paste = 'Fügen Sie den öffentlichen Schlüssel ein und speichern Sie.'

export const german: Translated<typeof english> = {
  github: {
    deployKey: [
      'Öffnen Sie beim Repository Settings → Deploy keys.',
      'Wählen Sie „Add deploy key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Lassen Sie „Allow write access“ aus und speichern Sie.',
    ],
    accountKey: [
      'Öffnen Sie Settings → SSH and GPG keys.',
      'Wählen Sie „New SSH key“ mit dem Typ „Authentication Key“.',
      paste,
    ],
  },
  gitlab: {
    deployKey: [
      'Öffnen Sie beim Projekt Settings → Repository → Deploy keys.',
      'Wählen Sie „Add new key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Lassen Sie „Grant write permissions“ aus und speichern Sie.',
    ],
    accountKey: [
      'Öffnen Sie Preferences → SSH Keys.',
      'Wählen Sie „Add new key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Stellen Sie die Verwendung auf „Authentication“ und speichern Sie.',
    ],
  },
  bitbucket: {
    deployKey: [
      'Öffnen Sie Repository settings → Access keys.',
      'Wählen Sie „Add key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Speichern Sie. Access keys dürfen nur lesen.',
    ],
    accountKey: [
      'Öffnen Sie Personal settings → SSH keys.',
      'Wählen Sie „Add key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Speichern Sie.',
    ],
  },
  gitea: {
    deployKey: [
      'Öffnen Sie beim Repository Settings → Deploy Keys.',
      'Wählen Sie „Add Deploy Key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Lassen Sie den Schreibzugriff aus und speichern Sie.',
    ],
    accountKey: [
      'Öffnen Sie Settings → SSH / GPG Keys.',
      'Wählen Sie „Add Key“ und fügen Sie den öffentlichen Schlüssel ein.',
      'Speichern Sie.',
    ],
  },
  azure: {
    accountKey: [
      'Öffnen Sie User settings → SSH public keys. Azure DevOps nimmt nur RSA-Schlüssel an.',
      'Wählen Sie „New Key“.',
      paste,
    ],
  },
  codecommit: {
    accountKey: [
      'Öffnen Sie IAM → Users → Ihr Benutzer → Security credentials. CodeCommit nimmt nur RSA-Schlüssel an.',
      'Laden Sie unter „SSH public keys for AWS CodeCommit“ den öffentlichen Schlüssel hoch.',
      'Verwenden Sie die dort angezeigte SSH key ID als Benutzer in der SSH-Klonadresse.',
    ],
  },
  server: {
    title: 'Einfacher Server',
    accountKey: [
      'Melden Sie sich auf dem Server als der Benutzer aus der SSH-Klonadresse an.',
      'Hängen Sie den öffentlichen Schlüssel als eine Zeile an ~/.ssh/authorized_keys an.',
      'Achten Sie darauf, dass die Datei diesem Benutzer gehört und den Modus 600 hat.',
    ],
  },
}
