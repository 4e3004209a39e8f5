import type { Feature } from '../../route'
import { CertificatePanel } from './certificate-panel'
import { words } from './words'

/** Certificates that a person trusts for one host: the panel that asks. The list stands in the general settings. */
export const certificatesFeature: Feature = {
  name: 'certificates',
  routes: [{ path: '/certificates/trust', crumbs: words.crumbs, page: CertificatePanel, panel: true }],
}
