import type { Feature } from '../../route'
import { CertificateAsker } from './certificate-asker'

/** Certificates that a person trusts for one host. Main asks; the list is in the settings. */
export const certificatesFeature: Feature = { name: 'certificates', bar: CertificateAsker }
