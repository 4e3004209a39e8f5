# git under a regime of our own: no configuration but ours, one transport, one key, nothing of the repository is run.
# $limited: seconds that it may take, or nothing.
regime() (
  exec 7>&- 8>&- 9>&-
  HOME=$base/empty
  PILOT_SELF=$self
  PILOT_KEY=$key
  PILOT_KEYS=$base/keys
  export HOME PILOT_SELF PILOT_KEY PILOT_KEYS
  unset XDG_CONFIG_HOME GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE SSH_AUTH_SOCK
  [ -z "$index" ] || export GIT_INDEX_FILE="$index"
  export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_ATTR_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=/bin/false
  export GIT_ALLOW_PROTOCOL=ssh GIT_PROTOCOL_FROM_USER=0 GIT_LITERAL_PATHSPECS=1 GIT_LFS_SKIP_SMUDGE=1
  # A fixed text: git gives it to a shell, so the key is named in the environment.
  export GIT_SSH_COMMAND='sh "$PILOT_SELF" ssh' GIT_SSH_VARIANT=ssh
  for check in $allowed; do set -- -c "fetch.fsck.$check=ignore" "$@"; done
  # In the foreground of our process group, so that a cancelled deploy takes it along.
  exec ${limited:+timeout --foreground "$limited"} git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c submodule.recurse=false -c gc.auto=0 \
    -c maintenance.auto=false -c gc.autoDetach=false -c transfer.bundleURI=false -c advice.detachedHead=false \
    -c transfer.fsckObjects=true -c fetch.fsckObjects=true -c receive.fsckObjects=true \
    -c core.protectHFS=true -c core.protectNTFS=true "$@"
)

# ssh as git calls it. Paths are relative, because ssh expands percent signs and quotes in them.
ssh_for_git() {
  cd -- "$PILOT_KEYS" || exit 1
  exec ssh -F /dev/null -i "./$PILOT_KEY" -o "UserKnownHostsFile=./$PILOT_KEY.hosts" \
    -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none -o GlobalKnownHostsFile=/dev/null \
    -o StrictHostKeyChecking=yes -o UpdateHostKeys=no -o VerifyHostKeyDNS=no -o CheckHostIP=no \
    -o PreferredAuthentications=publickey -o ForwardAgent=no -o ForwardX11=no -o ClearAllForwardings=yes \
    -o PermitLocalCommand=no -o ProxyCommand=none -o ControlMaster=no -o ControlPath=none -o ConnectTimeout=10 \
    -o ServerAliveInterval=15 -o ServerAliveCountMax=2 -o LogLevel=ERROR "$@"
}

# A bare repository that is fetched into, so that only what is new is transferred.
mirror_at() {
  mirror=$1
  [ -e "$mirror/HEAD" ] && return 0
  rm -rf -- "$mirror.new"
  regime init -q --bare --template= -- "$mirror.new" >/dev/null && mv -T -- "$mirror.new" "$mirror"
}

# fetch_branch <options>...: brings the branch into the mirror, also when it was rewritten.
fetch_branch() {
  regime -C "$mirror" fetch --no-tags --force "$@" -- "$url" "+refs/heads/$branch:refs/heads/$branch"
}

# Before a fetch: `a` and `a/b` can't both be branches of the mirror, though an app may go from one to the other.
drop_branches_in_the_way() {
  regime -C "$mirror" for-each-ref --format='%(refname)' refs/heads 2>/dev/null </dev/null | while IFS= read -r ref; do
    case refs/heads/$branch in "$ref"/*) ;; *) case $ref in "refs/heads/$branch"/*) ;; *) continue ;; esac ;; esac
    regime -C "$mirror" update-ref -d "$ref" </dev/null
  done
}

# bounded <command>...: what a deploy fetches, in no more than an hour. A host that answers on the connection (ssh asks every
# 15 seconds) can still hold back what it was asked for.
bounded() {
  limited=3600
  "$@"
}

tip_of_branch() { regime -C "$mirror" rev-parse --verify --quiet "refs/heads/$branch^{commit}"; }

# A name that no branch can have reaches no git command.
check_branch() {
  case $branch in
  '' | -*) return 1 ;;
  esac
  regime check-ref-format "refs/heads/$branch"
}
