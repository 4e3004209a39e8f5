/** A provider's mark in one colour, from path data on a 24 x 24 grid. */
export const ProviderIcon = ({ path, size = 20 }: { readonly path: string; readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <path d={path} />
  </svg>
)
