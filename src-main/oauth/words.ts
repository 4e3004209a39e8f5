import type { Verdict } from './loopback-page'

/** What the browser says after it has brought an answer: the window cannot, since the page lives in the browser. */
export const english = {
  received: {
    title: 'Back to CloudAIPilot',
    text: 'CloudAIPilot has the answer and finishes the sign-in. You can close this page.',
  },
  denied: {
    title: 'Access was not given',
    text: 'Nothing was connected. CloudAIPilot shows what you can do next. You can close this page.',
  },
  foreign: {
    title: 'This answer belongs to no sign-in',
    text: 'It may be from an earlier try. Go back to CloudAIPilot and open the sign-in page from there again.',
  },
} as const satisfies Record<Verdict, { readonly title: string; readonly text: string }>
