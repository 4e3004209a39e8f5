import type { Fault } from './faults'

type Limit = Omit<Fault, 'match'>

/** GitHub's primary limit used up: nothing left until `resetAt` (milliseconds); nothing says when to retry but the reset. */
export const githubPrimaryLimit = (resetAt: number): Limit => ({
  status: 403,
  body: { message: 'API rate limit exceeded for user ID 101.', documentation_url: 'https://docs.github.com/rest' },
  headers: {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-used': '5000',
    'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'x-ratelimit-resource': 'core',
  },
})

/** GitHub's secondary limit: requests are left, but not so fast. Without seconds there is no `Retry-After` to obey. */
export const githubSecondaryLimit = (seconds?: number, status: 403 | 429 = 403): Limit => ({
  status,
  body: {
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  },
  headers: {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4321',
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  },
})

/** GitLab's throttle: plain text, and the reset both in seconds and as a date. */
export const gitlabThrottle = (seconds: number, now: number): Limit => ({
  status: 429,
  body: 'Retry later\n',
  headers: {
    'retry-after': String(seconds),
    'ratelimit-limit': '2000',
    'ratelimit-name': 'throttle_authenticated_api',
    'ratelimit-observed': '2001',
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(Math.ceil(now / 1000) + seconds),
    'ratelimit-resettime': new Date(now + seconds * 1000).toUTCString(),
  },
})

/** Bitbucket's limit of a rolling hour. */
export const bitbucketLimit = (): Limit => ({
  status: 429,
  body: { type: 'error', error: { message: 'Rate limit for this resource has been exceeded' } },
})
