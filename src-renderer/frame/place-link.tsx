import type { ComponentPropsWithRef } from 'react'
import { navigate } from '../location'

/** A link to a place in the window. It names the place to everybody who reads links, and goes there itself. */
export const PlaceLink = ({ to, ...rest }: ComponentPropsWithRef<'a'> & { readonly to: string }) => (
  <a
    draggable={false}
    {...rest}
    href={`#${to}`}
    onClick={(event) => {
      event.preventDefault()
      navigate(to)
    }}
  />
)
