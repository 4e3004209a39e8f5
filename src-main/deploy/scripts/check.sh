# Facts about the server, for the check list.
check() {
  put now "$(now)"
  put home "$HOME"
  put self "$self"
  put system "$(uname -sm)"
  missing=
  for tool in awk base64 cat chmod cut date df du env flock fold git grep head id ln ls mkdir mkfifo mktemp mv od readlink rm rmdir sed \
    setsid sha256sum sleep sort ssh ssh-keygen stat stdbuf sync tail timeout tr uname wc; do
    command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
  done
  tail --version 2>/dev/null | grep -q GNU || missing="$missing coreutils"
  put missing "${missing# }"
  put git "$(git --version 2>/dev/null)"
  put free "$(df -Pk -- "$HOME" 2>/dev/null | sed -n '2s/^.* \([0-9][0-9]*\)  *[0-9]*% .*$/\1/p')"
  (settle >/dev/null && : >"$base/empty/.try" && rm -f "$base/empty/.try") 2>/dev/null && put writable 1
  put webhook "$(webhook -version 2>/dev/null)"
  if command -v sudo >/dev/null 2>&1; then
    if sudo -n true 2>/dev/null; then put sudo free; else put sudo asks; fi
  else
    put sudo none
  fi
  command -v apt-get >/dev/null 2>&1 && put apt 1
  put keeper "$(keeper)"
  put lfs "$(git lfs version 2>/dev/null)"
  finish
}

# What starts programs of this user after a reboot: systemd with lingering, cron, or nothing.
keeper() {
  if has_systemd && lingers; then
    echo systemd
  elif crontab -l >/dev/null 2>&1 || { command -v crontab >/dev/null 2>&1 && crontab -l 2>&1 | grep -qi '^no crontab'; }; then
    echo cron
  else
    echo nothing
  fi
}

has_systemd() {
  XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$(id -u)}
  export XDG_RUNTIME_DIR
  systemctl --user show-environment >/dev/null 2>&1
}

lingers() {
  linger=$(loginctl show-user "$(id -un)" --property=Linger --value 2>/dev/null)
  [ "$linger" = yes ] && return 0
  loginctl enable-linger >/dev/null 2>&1
}

# No key is trusted, so ssh ends before it logs in. ssh-keyscan would wait for a host that waits for its identification.
shows_host_key() {
  timeout 8 ssh -F /dev/null -v -p "$2" -l nobody -o BatchMode=yes -o IdentityAgent=none -o ConnectTimeout=5 \
    -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null -o VerifyHostKeyDNS=no \
    -- "$1" true 2>&1 </dev/null | grep -q 'Server host [a-z]*:'
}

# From here to other hosts. Each target is `ssh host port` or `https host port`, one a line.
outbound() {
  take
  printf %s "$target" | while read -r kind host number; do
    case $kind in
    ssh)
      if shows_host_key "$host" "$number"; then
        put reached "$kind $host $number"
      else
        put unreached "$kind $host $number"
      fi
      ;;
    https)
      # Any answer of a web server counts, also that there is no such repository.
      said=$(
        HOME=$base/empty GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=/bin/false \
          timeout 8 git ls-remote -- "https://$host:$number/" 2>&1 </dev/null
      )
      case $said in
      *'Could not resolve'* | *'Failed to connect'* | *"Couldn't connect"* | *'timed out'* | *certificate* | *unreachable* | '')
        put unreached "$kind $host $number"
        ;;
      *) put reached "$kind $host $number" ;;
      esac
      ;;
    esac
  done
  finish
}

# Debian's package, by the package manager of the server. A password is read by sudo itself and kept nowhere.
install_receiver() {
  take
  command -v webhook >/dev/null 2>&1 && finish
  command -v apt-get >/dev/null 2>&1 || fail tool-missing tool apt-get
  if [ "$(id -u)" = 0 ]; then
    said=$(apt_install 2>&1 </dev/null)
  elif ! command -v sudo >/dev/null 2>&1; then
    fail sudo-refused why missing
  elif sudo -n true 2>/dev/null; then
    said=$(apt_install sudo -n 2>&1 </dev/null)
  elif [ -z "$secret" ]; then
    fail sudo-refused why needed
  else
    printf '%s\n' "$secret" | sudo -S -k -p '' -v >/dev/null 2>&1 || fail sudo-refused why password
    said=$(printf '%s\n' "$secret" | apt_install sudo -S -p '' 2>&1)
  fi
  command -v webhook >/dev/null 2>&1 || fail tool-missing tool webhook message "$(plain "$(printf %s "$said" | tail -n 1)")"
  finish
}

# The package's own service would listen on the usual port with no hooks; ours is another.
apt_install() {
  "$@" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends webhook perl-base
}
