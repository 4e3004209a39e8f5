/** The one channel that is no method: preload asks once whether main answers, with the page’s first question, and holds everything back until it does. */
export const opened = 'window.opened'
