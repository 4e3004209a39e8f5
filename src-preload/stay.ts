const sameOrigin = (one: string, other: string): boolean => {
  try {
    const [a, b] = [new URL(one), new URL(other)]
    // Custom schemes have the opaque origin "null" in a URL, so scheme and host are compared themselves.
    return a.protocol === b.protocol && a.host === b.host
  } catch {
    return false
  }
}

/** The part of `window.navigation` (HTML, Navigation API) that is used. */
interface NavigateEvent extends Event {
  readonly destination: { readonly url: string }
}

/**
 * Keeps the page where it is. Chromium asks nobody in main about `about:blank` and `about:srcdoc`, so the page's own
 * navigations are stopped here. Preload's world is its own: the page can neither take this listener away nor come before it.
 */
export const stayOnPage = (target: Window): void => {
  const { navigation } = target as Window & { readonly navigation?: EventTarget }
  navigation?.addEventListener('navigate', (event) => {
    if (sameOrigin((event as NavigateEvent).destination.url, target.location.href)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  })
}
