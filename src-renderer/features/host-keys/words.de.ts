import type { Translated } from '../../../src-preload/contract/language'
import type { english } from './words'

export const german: Translated<typeof english> = {
  title: 'Host-Schlüssel',
  crumbs: ['Organisationseinstellungen', 'Integrationen', 'Host-Schlüssel'],
  about:
    'SSH-Hosts, denen diese App vertraut: solche, die ihre Schlüssel veröffentlichen, und solche, die Sie bestätigt haben. Ihr eigenes ~/.ssh wird nicht verwendet.',
  filter: 'Hosts filtern',
  list: 'Vertrauenswürdige Host-Schlüssel',
  markers: { 'cert-authority': 'Zertifizierungsstelle', revoked: 'zurückgezogen' },
  add: 'Zeilen hinzufügen…',
  addTitle: 'Host-Schlüssel hinzufügen',
  addLabel: 'Zeilen einer known_hosts-Datei',
  addAbout: 'Auch @cert-authority und @revoked. Vertraut wird erst, wenn Sie die Fingerabdrücke gesehen haben.',
  addVerb: 'Hinzufügen',
  cancel: 'Abbrechen',
  added: (count) =>
    count === 0 ? 'Alle waren schon da' : count === 1 ? '1 Zeile hinzugefügt' : `${count} Zeilen hinzugefügt`,
  from: { published: 'vom Host veröffentlicht', confirmed: 'von Ihnen bestätigt' },
  forget: 'Vergessen',
  forgetHost: (host) => `${host} vergessen`,
  noMatch: 'Kein Host passt.',
  trusted: (host) => `Dem Host-Schlüssel von ${host} wird vertraut`,
  tryAgain: 'Versuchen Sie erneut, was fehlgeschlagen ist.',
  changed: {
    title: 'Der Host zeigt jetzt einen anderen Schlüssel.',
    cause: 'Er hat sich in der Zwischenzeit geändert. Keinem wurde vertraut.',
    fix: 'Versuchen Sie es erneut, um den jetzigen zu sehen.',
  },
}
