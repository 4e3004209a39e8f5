import { useStore } from 'zustand'
import { api } from '../../api'
import { type CertificatesState, createCertificates } from './certificate-store'

/** The certificates of this window. */
export const certificates = createCertificates(api)

/** A part of them, for a component. */
export const useCertificates = <T>(select: (state: CertificatesState) => T): T => useStore(certificates.store, select)
