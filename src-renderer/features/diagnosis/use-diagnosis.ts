import { useStore } from 'zustand'
import { api } from '../../api'
import { repositoryList } from '../repositories/use-repositories'
import { createDiagnosisStore, type DiagnosisState } from './diagnosis-store'

/** The diagnosis of this window. It knows what the list of repositories leaves out at the moment. */
export const diagnosis = createDiagnosisStore(api, () => {
  const { text, filters } = repositoryList.getState().question
  return { text, filters }
})

/** A part of it, for a component. */
export const useDiagnosis = <T>(select: (state: DiagnosisState) => T): T => useStore(diagnosis.store, select)
