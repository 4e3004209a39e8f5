import style from './spinner.module.css'

/** A small turning arc. Says nothing by itself: the busy element carries the words. */
export const Spinner = ({ size = 14 }: { readonly size?: number }) => (
  <svg className={style.spinner} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2" />
    <path d="M14.5 8A6.5 6.5 0 0 0 8 1.5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
  </svg>
)
