import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { connectConsent } from './connect-consent'
import { createVault } from './credentials/envelope-vault'
import { deriveAside } from './credentials/key-holders/derive-key'
import { createKeychainHolder } from './credentials/key-holders/keychain'
import { createKeychain } from './credentials/key-holders/keychain-client'
import { createPassphraseHolder } from './credentials/key-holders/passphrase'
import { createSafeStorageHolder } from './credentials/key-holders/safe-storage'
import { createSessionHolder } from './credentials/key-holders/session'
import { createLastSeen } from './credentials/last-seen'
import { createJudgeAside } from './credentials/passphrase/judge-aside'
import { createRollbackWatch } from './credentials/rollback'
import { createVaultFile } from './credentials/vault-file'
import { createAccounts } from './features/accounts/accounts'
import { tokenWorks } from './features/accounts/token-works'
import { createCloneHere } from './features/apps/clone-here'
import { createDeployments, type Deployments } from './features/apps/create-deployments'
import { createCertificateBook } from './features/certificates/certificate-book'
import { createCertificateHandlers } from './features/certificates/handlers'
import { createClones } from './features/clones/create-clones'
import type { ClonePorts } from './features/clones/ports'
import { createDiagnosis } from './features/diagnosis/diagnosis'
import { createImports } from './features/imports/imports'
import { importsOnThisComputer } from './features/imports/on-this-computer'
import { createQuick } from './features/quick/quick'
import { createRepositories } from './features/repositories/repositories'
import { createSettingsHandlers } from './features/settings/handlers'
import { createOAuthApps } from './features/settings/oauth-apps'
import { createProxyLogins } from './features/settings/proxy-logins'
import { createSignIns } from './features/sign-ins/create-sign-ins'
import { createIssuers } from './features/sign-ins/issuers'
import { findKeyFiles } from './features/ssh-keys/keys-at-home'
import { createSsh, sshCard } from './features/ssh-keys/ssh-features'
import { describeInstall } from './features/system/diagnostics'
import { createSystemHandlers } from './features/system/handlers'
import { createNotices } from './features/system/notices'
import { createVaultHandlers } from './features/vault/handlers'
import { createGit } from './git/create-git'
import { createHearing } from './ipc/hearing'
import { createCertificateReader, createFetch, trustName } from './network/create-fetch'
import { refreshCredential } from './oauth/refresh'
import { createDetectHost } from './providers/detect-host'
import { createHttp } from './providers/http'
import { findProvider, providers } from './providers/registry'
import type { Features, ShellParts } from './shell-parts'
import { sweepPrivateFolders } from './ssh/private-folder'
import { readSshConfig } from './ssh/read-ssh-config'
import { createIndexFolder } from './storage/repository-index/index-folder'
import { createTerminal } from './terminal/create-terminal'

/** Repositories that the tray offers. */
const recentRepositories = 8
/** The largest key file that is read, in bytes. */
const largestKeyFile = 65_536

/** Builds the features and wires them to each other. Nothing here waits for a disk, a keychain or the network. */
export const connectFeatures = (parts: ShellParts): Features => {
  const { folder, stores, log, clock, dialogs, openPage, copy } = parts
  const { announce, hear } = createHearing(parts.announce)
  const notices = createNotices((notice) => announce('system.notice', notice))
  const built = (name: string) => join(parts.root, 'main', `${name}.cjs`)

  const keychain = createKeychain(parts.startKeychain, clock)
  const vault = createVault({
    file: createVaultFile({ folder, clock, log }),
    holders: {
      keychain: createKeychainHolder(keychain, 'CloudAIPilot'),
      safeStorage: createSafeStorageHolder(parts.safeStorage),
      passphrase: (passphrase) => createPassphraseHolder(passphrase, deriveAside(built('derive-key-worker'))),
      session: createSessionHolder,
    },
    clock,
    log,
    onRestored: (detail) => notices.add({ kind: 'vault-restored', detail }),
    rollback: createRollbackWatch({
      lastSeen: createLastSeen({ folder, keychain }),
      clock,
      log,
      onRolledBack: () => notices.add({ kind: 'vault-rolled-back', detail: '' }),
    }),
  })

  const network = {
    userAgent: `CloudAIPilot/${parts.version}`,
    proxyFor: parts.proxyFor,
    proxyLogin: (proxy: string) => proxyLogins.demanded(proxy),
    trustedCertificate: (host: string): string | null => certificates.pem(host),
  }
  const fetch = createFetch(network)
  const certificates = createCertificateBook({
    store: stores.certificates,
    folder: join(folder, 'certificates'),
    readPeer: createCertificateReader(network),
    now: clock.now,
  })

  const settings = () => stores.settings.read()
  const proxyLogins = createProxyLogins(vault, () => settings().proxy.url ?? '')
  const oauthApps = createOAuthApps({
    bundled: parts.resources.providers,
    env: parts.oauthVariables,
    store: stores.oauthApps,
    vault,
    publicHost: (provider) => findProvider(provider)?.publicHost ?? null,
    ignored: (reason) => log.warn('An OAuth app of the environment is for no host', { reason }),
  })
  const accounts = createAccounts({
    store: stores.accounts,
    vault,
    providers: { get: findProvider },
    createHttp,
    checkSsh: (record) => ssh.check(record),
    fetch,
    refreshToken: async (credential, place) =>
      refreshCredential(
        { ...place, fetch, now: clock.now },
        credential,
        await oauthApps.find(place.provider, place.host),
      ),
    oauthApps,
    dependentsOf: (accountId) => {
      const dependents = deployments.dependentsOf(accountId)
      return { ...dependents, deployKeys: dependents.deployKeys + ssh.deployKeys.madeBy(accountId).length }
    },
    madeBy: (accountId) => [...deployments.madeBy(accountId), ...ssh.deployKeys.madeBy(accountId)],
    openPage,
    clock,
    announce,
    log,
  })
  const detectHost = createDetectHost({ fetch, providers })
  const signIns = createSignIns({
    providers: { list: () => providers, get: findProvider },
    fetch,
    oauthApps,
    issuers: createIssuers(stores.issuers, fetch, log),
    accounts: accounts.connector,
    grantedScopes: (accountId) => accounts.access.records().find(({ id }) => id === accountId)?.scopes ?? null,
    tokenWorks: (accountId) => tokenWorks(accounts.access, accountId),
    vault,
    openInBrowser: openPage,
    copyToClipboard: copy,
    showWindow: parts.showSignIn,
    ownsScheme: parts.schemeOwner.isOurs,
    detectHost,
    clock,
    announce,
    addNotice: notices.add,
    log,
  })
  const repositories = createRepositories({
    access: accounts.access,
    folder: createIndexFolder(join(folder, 'repositories')),
    listed: (accountId, listing) => {
      accounts.listed(accountId, listing)
      signIns.noteRepositoryCount(accountId, listing.count)
    },
    openPage,
    clock,
    announce,
    log,
  })
  accounts.follow(repositories)
  accounts.follow({
    removed: (accountId) =>
      void Promise.all([deployments.accountGone(accountId), ssh.deployKeys.accountGone(accountId)]).catch(
        (error: unknown) => log.warn('What was made through an account that is gone is still listed', { error }),
      ),
  })

  const git = createGit({
    folder: join(folder, 'git'),
    gitPath: () => settings().gitPath,
    ownFolder: folder,
    credentialHelper: [process.execPath, '--credential-helper'],
  })
  const ssh = createSsh({
    keys: stores.keys,
    deployKeys: stores.deployKeys,
    confirmed: stores.hostKeys,
    published: parts.resources.knownHosts,
    vault,
    accounts,
    git,
    usedBy: (keyId) => deployments.usingKey(keyId),
    clock,
    announce,
    machine: parts.machine,
    keyWorker: built('read-key-worker'),
    keyFilesAtHome: () => findKeyFiles(join(homedir(), '.ssh')),
    sshConfig: () => readSshConfig(homedir()),
    pickKeyFile: () => dialogs.pickFile(largestKeyFile),
    saveFile: dialogs.saveFile,
  })
  const clonePorts: ClonePorts = {
    git,
    access: accounts.access,
    repository: (accountId, id) => repositories.handlers.get({ accountId, id }),
    seen: repositories.seen,
    ssh: ssh.open,
    network: { caFile: certificates.caFile, proxy: parts.proxyFor, proxyLogin: proxyLogins.kept },
    dialog: { chooseFolder: dialogs.chooseFolder, reveal: async (path) => dialogs.reveal(path) },
    announce,
    clock,
    log,
  }
  const clones = createClones(clonePorts)
  const deployments: Deployments = createDeployments({
    stores,
    vault,
    access: accounts.access,
    book: ssh.book,
    hosts: ssh.hosts,
    keys: ssh.keys,
    cloneHere: createCloneHere(clonePorts),
    fetch,
    // Deployments copy webhook secrets and nothing else.
    copy: parts.copySecret,
    announce,
    clock,
    log,
  })

  const diagnosis = createDiagnosis({
    access: accounts.access,
    accounts,
    fetch,
    detect: detectHost,
    list: repositories,
    countBranches: clones.countBranches,
    announce,
    clock,
    log,
  })

  vault.onChange((status) => {
    announce('vault.changed', status)
    if (status.state !== 'open') return
    accounts.wake()
    // A vault that is locked or waits for its keychain holds up no account, and this is made good when it opens.
    ssh.keys.recover().catch((error: unknown) => log.warn('Lost keys could not be looked for', { error }))
  })

  /** The git that may be used, or null. */
  const gitHere = () =>
    git.program().then(
      ({ path }) => path,
      () => null,
    )
  const info = () => parts.systemInfo(gitHere)
  const terminal = createTerminal({
    accounts,
    vault,
    repositories,
    apps: deployments.apps,
    onDeploy: (listener) => hear('deploys.changed', listener),
    settings,
    helpers: parts.gitHelpers,
    git: async () => (await git.program()).path,
    facts: async () => {
      const { version, electron, git: gitVersion, openssh } = await info()
      return { version, electron, git: gitVersion ?? 'missing', ssh: openssh ?? 'missing', vault: vault.status().state }
    },
    log,
  })
  const cards = [...providers.map(({ card }) => card), sshCard]
  hear('settings.changed', terminal.follow)
  hear('accounts.changed', terminal.follow)
  const quick = createQuick({
    accounts: accounts.list,
    oauthApps: oauthApps.list,
    cards,
    options: signIns.handlers.options,
    start: signIns.handlers.start,
    check: accounts.check,
    deploy: (id) => deployments.apps.handlers.deploy({ id, commit: null }),
    log,
  })
  const imports = createImports({
    ...importsOnThisComputer(process.env, homedir()),
    presets: cards.flatMap(({ hosts }) => hosts.map(({ host }) => host)),
    detect: detectHost,
    connect: signIns.handlers.connectWithToken,
  })
  const judgePassphrase = createJudgeAside(built('judge-passphrase-worker'), clock, () => [
    ...stores.accounts.read().accounts.flatMap(({ login, label, host }) => [login, label, host]),
    parts.machine,
    basename(homedir()),
  ])
  const consent = connectConsent({
    ...parts,
    vault,
    judgePassphrase,
    certificates,
    ssh,
    deployments,
    accounts,
    repositories,
    oauthApps,
    imports,
  })
  return {
    consent,
    handlers: {
      accounts: accounts.handlers,
      signIns: { ...signIns.handlers, providers: async () => cards },
      repositories: repositories.handlers,
      clones: clones.handlers,
      diagnosis: diagnosis.handlers,
      servers: deployments.servers.handlers,
      apps: deployments.apps.handlers,
      webhooks: deployments.webhooks.handlers,
      sshKeys: ssh.sshKeys,
      hostKeys: ssh.hostKeys,
      imports,
      certificates: createCertificateHandlers(certificates, (host) => {
        for (const { id, host: address } of accounts.access.records()) {
          if (trustName(new URL(address)) === host) void accounts.check(id)
        }
      }),
      vault: createVaultHandlers(vault, judgePassphrase),
      settings: createSettingsHandlers({
        store: stores.settings,
        proxyLogins,
        oauthApps,
        isProvider: (id) => findProvider(id) !== null,
        announce,
        checkGit: git.check,
      }),
      system: createSystemHandlers({
        info,
        copy,
        openPage,
        deepLinks: { ...parts.schemeOwner, test: parts.testDeepLinks },
        wishedPlace: parts.wishedPlace,
        clipboardOffer: async () => quick.clipboard(await parts.copied()),
        notices,
        playDemo: parts.playDemo,
        screenShown: parts.screenShown,
        hasTray: parts.hasTray,
        diagnostics: () =>
          describeInstall({
            info,
            settings,
            vault: vault.status,
            accounts: accounts.list,
            deepLinks: { ...parts.schemeOwner, test: parts.testDeepLinks },
            lastFailures: parts.lastFailures,
            proxyFor: parts.proxyFor,
            fetch,
            now: clock.now,
          }),
      }),
    },
    notices,
    quick,
    accounts: accounts.list,
    apps: deployments.apps.list,
    recent: () => repositories.recent(recentRepositories),
    onSettings: (listener) => void hear('settings.changed', listener),
    onSignIn: (listener) => void hear('sign-ins.changed', listener),
    onChange: (listener) => {
      for (const event of ['accounts.changed', 'ssh-keys.changed', 'apps.changed'] as const) hear(event, listener)
      hear('repositories.changed', ({ listings }) => {
        // Rows that stream in are of no use to a menu.
        if (listings.every(({ state }) => state !== 'loading')) listener()
      })
    },
    providers: () => cards.map(({ id, title }) => ({ id, title })),
    keys: () => ssh.keys.list(),
    publicKey: (id) => ssh.keys.get(id).publicKey,
    checkAll: () =>
      void accounts.handlers
        .refreshAll(undefined)
        .catch((error: unknown) => log.warn('Not all accounts could be checked', { error })),
    answerTerminal: terminal.answer,
    handleDeepLink: signIns.handleDeepLink,
    start: () => {
      terminal.follow()
      void repositories.load()
      void vault
        .open()
        .then(async () => {
          deployments.start()
          await accounts.start()
          await repositories.refreshAll()
        })
        .catch((error: unknown) => log.error('The accounts could not be started', { error }))
      void Promise.all([git.sweep(), sweepPrivateFolders()]).catch((error: unknown) =>
        log.warn('Old work folders are left over', { error }),
      )
    },
    wake: accounts.wake,
    ends: {
      work: {
        renewals: accounts.stop,
        repositories: repositories.stop,
        deployments: deployments.stop,
        clones: clones.stopAll,
        diagnosis: diagnosis.stop,
        'ssh-tests': ssh.sshKeys.stopAll,
        'ssh-logins': ssh.stop,
      },
      writes: { vault: vault.close },
    },
  }
}
