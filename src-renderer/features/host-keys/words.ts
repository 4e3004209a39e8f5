/** Words of the host key book. */
export const words = {
  title: 'Host keys',
  crumbs: ['Organization Settings', 'Integrations', 'Host keys'],
  about:
    'SSH hosts that this app trusts: those that publish their keys, and those that you confirmed. Your own ~/.ssh is not used.',
  filter: 'Filter hosts',
  from: { published: 'published by the host', confirmed: 'confirmed by you' },
  confirmed: 'confirmed',
  forget: 'Forget',
  forgetTitle: (host: string) => `Forget ${host}?`,
  forgetText:
    'The next connection asks you to compare its fingerprint again. Do this only if you know why the key changed.',
  cancel: 'Cancel',
  noMatch: 'No host matches.',
} as const
