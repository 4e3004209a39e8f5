import type { contract } from './index'

/**
 * What a call can bring about, as seen by somebody who can make any call with any input.
 * `reads`: nothing lasts. `harmless`: something changes, yet nobody gets a token, no program is chosen or started here,
 * and what is trusted, who has access and what runs on a server stay as they are; what is taken away can be had again, by
 * signing in or by making it anew. `asks-consent`: some inputs change one of those, or destroy what can't be had back (a
 * private key, files on a server); main then asks the person in a dialog of its own before anything happens.
 */
export type Effect = 'reads' | 'harmless' | 'asks-consent'

/** The effect of every method of the contract. One missing, and it does not compile. */
export const effects = {
  accounts: {
    list: 'reads',
    // The token goes to its own host only, by the proxy and with the certificates that a person has allowed.
    refresh: 'harmless',
    refreshAll: 'harmless',
    rename: 'harmless',
    setDefault: 'harmless',
    // The credential goes to the account's own host before and after.
    useTypedAddress: 'harmless',
    dependents: 'reads',
    // The same person's at the same host, as the provider said of both.
    replaceTwin: 'harmless',
    // Takes access away and gives none. Signing in brings it back.
    revoke: 'harmless',
    receipts: 'reads',
    dismissReceipt: 'harmless',
    // The page comes from the provider, not from the window.
    manageAccess: 'harmless',
  },
  signIns: {
    providers: 'reads',
    detect: 'reads',
    options: 'reads',
    current: 'reads',
    // The person signs in at the provider; which OAuth app is named there is decided with consent (`saveOAuthApp`).
    start: 'harmless',
    // The token comes from the window, and another person's never replaces an account's.
    connectWithToken: 'harmless',
    reopen: 'harmless',
    copyLink: 'harmless',
    changeRoad: 'harmless',
    pasteBack: 'harmless',
    keepAsNew: 'harmless',
    cancel: 'harmless',
  },
  repositories: {
    query: 'reads',
    refresh: 'harmless',
    stop: 'harmless',
    get: 'reads',
    branches: 'reads',
    // Main knows the page and compares its host with the account's.
    open: 'harmless',
  },
  clones: {
    // Into a private folder, or one that the person has just picked in the system's dialog.
    start: 'harmless',
    branches: 'reads',
    list: 'reads',
    cancel: 'harmless',
    chooseFolder: 'harmless',
    // Shows a folder, opens no file.
    reveal: 'harmless',
  },
  diagnosis: { start: 'reads', cancel: 'harmless' },
  servers: {
    list: 'reads',
    // Nothing is sent to a server before its host key is trusted; where it is already, this asks.
    add: 'asks-consent',
    edit: 'asks-consent',
    // The private part of a key that was made here is known to nobody; one from elsewhere may be.
    installKey: 'asks-consent',
    confirmHostKey: 'asks-consent',
    check: 'harmless',
    checkAll: 'harmless',
    installReceiver: 'asks-consent',
    // Deliveries carry what some providers use as a password.
    setReceiver: 'asks-consent',
    startReceiver: 'harmless',
    remnants: 'reads',
    // What was left there may go, and the key that logs in.
    remove: 'asks-consent',
  },
  apps: {
    list: 'reads',
    refresh: 'reads',
    // Makes a key on a server that is trusted already, and takes it away again when no app comes of it.
    preflight: 'harmless',
    confirmHostKey: 'asks-consent',
    save: 'asks-consent',
    // Its webhook and deploy key can be made again; its releases and the values of its variables can't.
    remove: 'asks-consent',
    removals: 'reads',
    dismissRemoval: 'harmless',
    // The newest commit of the branch is what the person agreed to; a named one may be anybody's.
    deploy: 'asks-consent',
    cancel: 'harmless',
    // To a release that has run there before.
    rollback: 'harmless',
    releases: 'reads',
    history: 'reads',
    log: 'reads',
    tryRules: 'reads',
    // At another host, the account decides what the repository is.
    moveTo: 'asks-consent',
  },
  webhooks: {
    get: 'reads',
    check: 'reads',
    repair: 'harmless',
    test: 'harmless',
    rotateSecret: 'harmless',
    // `repair` makes it again.
    remove: 'harmless',
    setUrl: 'asks-consent',
    // To the clipboard, and never to the window.
    copySecret: 'harmless',
  },
  sshKeys: {
    list: 'reads',
    create: 'harmless',
    // A key gives access only where somebody lets it in, which asks.
    importKey: 'harmless',
    pickKeyFile: 'harmless',
    findKeyFiles: 'reads',
    importFile: 'harmless',
    agentKeys: 'reads',
    takeAgentKey: 'harmless',
    // It is offered only with the key that it was made for.
    pickCertificate: 'harmless',
    dropCertificate: 'harmless',
    rename: 'harmless',
    // A private key may be the only one of its kind.
    remove: 'asks-consent',
    savePublicKey: 'harmless',
    // The new key is made here and goes where the old one was.
    rotate: 'harmless',
    addDeployKey: 'asks-consent',
    removeDeployKey: 'harmless',
    parseAddress: 'reads',
    test: 'harmless',
    confirmHostKey: 'asks-consent',
    cancelTest: 'harmless',
    connect: 'harmless',
  },
  hostKeys: {
    list: 'reads',
    confirm: 'asks-consent',
    take: 'asks-consent',
    // A changed key could be shown as one that was never seen.
    forget: 'asks-consent',
  },
  imports: { look: 'reads', take: 'asks-consent' },
  certificates: { list: 'reads', look: 'reads', trust: 'asks-consent', forget: 'asks-consent' },
  vault: {
    status: 'reads',
    retry: 'harmless',
    choosePassphrase: 'asks-consent',
    chooseSession: 'asks-consent',
    unlock: 'asks-consent',
    moveTo: 'asks-consent',
    startOver: 'asks-consent',
  },
  settings: {
    get: 'reads',
    change: 'asks-consent',
    proxyLogins: 'reads',
    // Goes to a proxy that main has met by itself, and nowhere else.
    saveProxyLogin: 'harmless',
    removeProxyLogin: 'harmless',
    oauthApps: 'reads',
    saveOAuthApp: 'asks-consent',
    // Whoever registered it still has it.
    removeOAuthApp: 'harmless',
  },
  system: {
    info: 'reads',
    copy: 'harmless',
    openPage: 'harmless',
    wishedPlace: 'reads',
    clipboardOffer: 'reads',
    copyDiagnostics: 'harmless',
    screenShown: 'harmless',
    hasTray: 'reads',
    // A program that is named by the start from source, never by the window.
    playDemo: 'harmless',
    notices: 'reads',
    dismissNotice: 'harmless',
    ownsDeepLinks: 'reads',
    // Links come to this install, never to another.
    claimDeepLinks: 'harmless',
    testDeepLinks: 'harmless',
  },
} as const satisfies {
  readonly [F in keyof typeof contract]: { readonly [M in keyof (typeof contract)[F]]: Effect }
}
