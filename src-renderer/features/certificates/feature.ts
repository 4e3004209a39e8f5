import type { Feature } from '../../route'
import { CertificateDialog } from './certificate-dialog'

/** Certificates that a person trusts for one host: the dialog that asks, over any screen. The list is in the settings. */
export const certificatesFeature: Feature = { name: 'certificates', bar: CertificateDialog }
