import { createHash } from 'node:crypto'
import check from './scripts/check.sh?raw'
import dispatch from './scripts/dispatch.sh?raw'
import git from './scripts/git.sh?raw'
import keys from './scripts/keys.sh?raw'
import log from './scripts/log.sh?raw'
import proxyLoop from './scripts/proxy.pl?raw'
import proxyArrival from './scripts/proxy-arrival.pl?raw'
import proxyPassing from './scripts/proxy-passing.pl?raw'
import proxyRequest from './scripts/proxy-request.pl?raw'
import proxyState from './scripts/proxy-state.pl?raw'
import proxyWebhook from './scripts/proxy-webhook.pl?raw'
import push from './scripts/push.pl?raw'
import receive from './scripts/receive.sh?raw'
import receiver from './scripts/receiver.sh?raw'
import release from './scripts/release.sh?raw'
import remove from './scripts/remove.sh?raw'
import rules from './scripts/rules.sh?raw'
import run from './scripts/run.sh?raw'
import settings from './scripts/settings.sh?raw'
import start from './scripts/start.sh?raw'
import state from './scripts/state.sh?raw'
import submit from './scripts/submit.sh?raw'
import tree from './scripts/tree.sh?raw'
import trial from './scripts/trial.sh?raw'

/** The proxy is a program of its own, in Perl; the script writes it into a file. */
export const proxyProgram = [proxyRequest, proxyState, proxyWebhook, proxyArrival, proxyPassing, proxyLoop].join('\n')

const proxy = `proxy_program() {
  cat <<'END-OF-PROXY'
${proxyProgram}END-OF-PROXY
}
`

/** What is called for each push, with the body's file and what is looked for in it. */
const readPush = `read_push() {
  perl - "$@" <<'END-OF-PUSH'
${push}END-OF-PUSH
}
`

/** A call of a webhook, of which hundreds may come at once, is answered as soon as the shell has read these. */
const first = [start, settings, submit, readPush, receive]
const others = [check, keys, git, tree, trial, rules, release, log, run, state, proxy, receiver, remove]

/** Everything that ever runs on a server, as one text. It is the same for all servers and holds no data. */
export const pilotScript = [...first, ...others, dispatch].join('\n')

/** Its SHA-256, hexadecimal: the name under which it is kept on a server. */
export const pilotHash = createHash('sha256').update(pilotScript).digest('hex')

/** Path of the script below the home folder. */
export const pilotPath = `.cloudaipilot/bin/${pilotHash}.sh`

const mark = 'END-OF-CLOUDAIPILOT'

/**
 * What `sh -s` is given to put the script in its place. It arrives whole or not at all.
 * Status 73: the home folder can't be written to, 74: the disk is full, 75: a program is missing, which is named.
 */
export const pilotUpload = `umask 077
for tool in mkdir cat sha256sum cut mv rm; do
  command -v "$tool" >/dev/null || { echo "$tool"; exit 75; }
done
folder=$HOME/.cloudaipilot/bin
mkdir -p -- "$folder" || exit 73
cat >"$folder/new.$$" <<'${mark}'
${pilotScript}${mark}
if [ "$(sha256sum <"$folder/new.$$" | cut -c 1-64)" != ${pilotHash} ]; then
  rm -f -- "$folder/new.$$"
  exit 74
fi
mv -f -- "$folder/new.$$" "$folder/${pilotHash}.sh" || exit 73
`
