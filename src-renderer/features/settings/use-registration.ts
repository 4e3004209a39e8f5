import { useEffect, useState } from 'react'
import type { SignInOptions } from '../../../src-preload/contract/entities/provider'
import { api } from '../../api'

/** The ways in at a host, and how an app is registered there; null while that is not known. */
export const useRegistration = (provider: string, host: string): SignInOptions | null => {
  const [options, setOptions] = useState<SignInOptions | null>(null)
  useEffect(() => {
    let open = true
    setOptions(null)
    if (provider === '' || host === '') return
    const timer = setTimeout(() => {
      api.signIns.options({ provider, host }).then(
        (found) => open && setOptions(found),
        () => open && setOptions(null),
      )
    }, 250)
    return () => {
      open = false
      clearTimeout(timer)
    }
  }, [provider, host])
  return options
}
