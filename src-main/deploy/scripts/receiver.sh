# The receiver: Debian's `webhook`, what keeps it running, and the timer that polls where no push arrives.

# Its settings come as one frame. Without a frame only the hooks are read again.
receiver_apply() {
  settle
  frame=$(grep -v '^exit ')
  [ -z "$frame" ] || printf '%s\n' "$frame" >"$base/receiver/settings.new"
  changed=
  if [ -n "$frame" ]; then
    [ "$frame" = "$(cat "$base/receiver/settings" 2>/dev/null)" ] || changed=1
    mv -f -- "$base/receiver/settings.new" "$base/receiver/settings"
  fi
  [ -e "$base/receiver/settings" ] || finish
  # After an update of this file another one is meant to run.
  [ "$(cat "$base/receiver/self" 2>/dev/null)" = "$self" ] || changed=1
  printf %s "$self" | replace "$base/receiver/self"
  write_hooks
  rm -f -- "$base/receiver/stop"
  case $(keeper) in
  systemd) keep_by_systemd ;;
  cron)
    keep_by_cron
    keep_by_loop
    ;;
  *) keep_by_loop ;;
  esac
  tell_receiver
  finish
}

# One file of all hooks, in the form of Debian's webhook (its Hook-Definition page).
write_hooks() {
  load_receiver
  # Where webhook speaks TLS itself nothing before it can name the type of a body; JSON is the only one that is read.
  as=
  [ -z "$chain" ] || as='s/^{/{"incoming-payload-content-type":"application\/json",/'
  {
    printf '['
    comma=
    for entry in $(ls -1 -- "$base/hooks"); do
      [ -s "$base/hooks/$entry/rule.json" ] || continue
      printf '%s' "$comma"
      sed -e "$as" -- "$base/hooks/$entry/rule.json"
      comma=,
    done
    printf ']\n'
  } | replace "$base/receiver/hooks.json" || fail disk-full path "$base"
}

keep_by_loop() {
  if flock -n "$base/receiver/lock" true; then
    { umask "$mask"; exec env -i HOME="$HOME" PATH="$PATH" USER="$(id -un)" LOGNAME="$(id -un)" \
      SHELL="${SHELL:-/bin/sh}" setsid sh "$self" supervise; } </dev/null >/dev/null 2>&1 &
    awaits 30
  elif [ -n "$changed" ]; then
    # The loop starts it again, with what is new.
    : >"$base/receiver/again"
    stop_listening
    awaits 30
  else
    reload || awaits 30
  fi
}

# Until the receiver runs, where it has something to do, at most so many tenths of a second.
awaits() {
  left=$1
  [ "$(cat "$base/receiver/hooks.json")" != '[]' ] || return 0
  while [ "$left" -gt 0 ]; do
    sleep 0.1
    serves && break
    left=$((left - 1))
  done
}

# The part of Perl that every Debian has.
has_perl() { perl -MErrno -MFcntl -MSocket -e 1 2>/dev/null; }

reload() { runs && kill -s HUP "$listener" && sleep 0.1; }

stop_listening() { runs && kill -s TERM "$listener"; }

# Whether the receiver runs. A number may be another's by now, so its name is looked at too; of an earlier version it is
# that of webhook alone.
runs() {
  listener=$(cat "$base/receiver/pid" 2>/dev/null) || return 1
  [ -n "$listener" ] || return 1
  case $(cat "/proc/$listener/comm" 2>/dev/null) in
  cloudaipilot-re | perl | webhook) ;;
  *) return 1 ;;
  esac
}

# Whether it can do its work: webhook answers behind it.
serves() { runs && [ "$(cat "$base/receiver/ready" 2>/dev/null)" = "$listener" ] && port_taken; }

# Whether anything listens on the port (proc(5), /proc/net/tcp; 0A is LISTEN).
port_taken() {
  load_receiver
  grep -qiE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$port") [0-9A-F]+:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

load_receiver() {
  listen=127.0.0.1 port=9000 chain= private= interval=60
  [ ! -e "$base/receiver/settings" ] || take <"$base/receiver/settings"
}

# Becomes the receiver: the proxy, which starts webhook behind it. webhook reads a body before it checks its signature,
# so its memory is bounded by what the proxy lets through; the settings of Go's runtime keep it from growing beyond need.
listen_now() {
  load_receiver
  cd -- "$base/receiver" || exit 1
  printf %s "$$" | replace "$base/receiver/pid"
  proxy_program | replace proxy.pl
  umask "$mask"
  # A descriptor for each connection, as far as this user may.
  ulimit -n 4096 2>/dev/null || ulimit -n "$(ulimit -H -n)" 2>/dev/null
  export TZ=UTC GOGC=50 GOMEMLIMIT=80MiB
  tls=0
  set -- -hooks hooks.json -urlprefix hooks -http-methods POST -logfile log -nopanic
  [ -z "$chain" ] || { tls=1 && set -- "$@" -secure -cert "$chain" -key "$private"; }
  exec perl proxy.pl "$listen" "$port" "$tls" webhook "$@" >errors 2>&1
}

# The same without systemd: two loops that end with this process group.
supervise() {
  exec 6>>"$base/receiver/lock"
  flock -n 6 || exit 0
  printf %s "$$" | replace "$base/receiver/supervisor"
  load_receiver
  # What a push deploys is as readable as what a person deploys.
  umask "$mask"
  (
    exec 6>&-
    while [ ! -e "$base/receiver/stop" ]; do
      if [ "$(cat "$base/receiver/hooks.json" 2>/dev/null)" != '[]' ] && command -v webhook >/dev/null 2>&1 && has_perl; then
        sh "$(cat "$base/receiver/self")" listen >/dev/null 2>&1
        # A port that is taken by another is asked for again, but not in a hurry.
        [ -e "$base/receiver/again" ] && rm -f -- "$base/receiver/again" || sleep 2
      else
        sleep 2
      fi
    done
  ) &
  while [ ! -e "$base/receiver/stop" ]; do
    sleep "$interval" 6>&-
    sh "$(cat "$base/receiver/self")" tick </dev/null >/dev/null 2>&1 6>&-
    load_receiver
  done
}

keep_by_cron() {
  { crontab -l 2>/dev/null | grep -v '# cloudaipilot$'; printf '@reboot exec sh "$HOME/.cloudaipilot/bin/%s" supervise # cloudaipilot\n' "${self##*/}"; } |
    crontab - 2>/dev/null
}

units=.config/systemd/user

keep_by_systemd() {
  has_systemd
  load_receiver
  mkdir -p -- "$HOME/$units"
  replace "$HOME/$units/cloudaipilot-receiver.service" <<EOT
[Unit]
Description=CloudAIPilot: receives pushes and deploys

[Service]
ExecStart=/bin/sh %h/.cloudaipilot/bin/${self##*/} listen
ExecReload=/bin/kill -HUP \$MAINPID
Restart=always
RestartSec=2
KillMode=process
MemoryMax=1G

[Install]
WantedBy=default.target
EOT
  replace "$HOME/$units/cloudaipilot-poll.service" <<EOT
[Unit]
Description=CloudAIPilot: looks for new commits

[Service]
Type=oneshot
KillMode=process
ExecStart=/bin/sh %h/.cloudaipilot/bin/${self##*/} tick
EOT
  replace "$HOME/$units/cloudaipilot-poll.timer" <<EOT
[Unit]
Description=CloudAIPilot: looks for new commits now and then

[Timer]
OnStartupSec=30
OnUnitInactiveSec=$interval

[Install]
WantedBy=timers.target
EOT
  chmod 644 "$HOME/$units"/cloudaipilot-receiver.service "$HOME/$units"/cloudaipilot-poll.service "$HOME/$units"/cloudaipilot-poll.timer
  systemctl --user daemon-reload
  systemctl --user enable --now cloudaipilot-poll.timer >/dev/null 2>&1
  if [ "$(cat "$base/receiver/hooks.json")" = '[]' ]; then
    systemctl --user disable --now cloudaipilot-receiver.service >/dev/null 2>&1
  else
    systemctl --user enable cloudaipilot-receiver.service >/dev/null 2>&1
    if [ -n "$changed" ]; then
      systemctl --user restart cloudaipilot-receiver.service >/dev/null 2>&1
    else
      systemctl --user reload-or-restart cloudaipilot-receiver.service >/dev/null 2>&1
    fi
    awaits 30
  fi
}

receiver_status() {
  tell_receiver
  finish
}

tell_receiver() {
  load_receiver
  if command -v webhook >/dev/null 2>&1 && has_perl; then put installed 1; fi
  has_perl || put absent perl
  put keeper "$(keeper)"
  [ ! -e "$base/receiver/settings" ] || put set 1
  put listen "$listen"
  put port "$port"
  put chain "$chain"
  put private "$private"
  put interval "$interval"
  [ "$(cat "$base/receiver/hooks.json" 2>/dev/null || echo '[]')" = '[]' ] || put wanted 1
  if serves; then
    put running 1
  else
    put message "$(plain "$({ tail -n 5 -- "$base/receiver/errors"; tail -n 20 -- "$base/receiver/log"; } 2>/dev/null | grep -iE 'error|bind|no such|permission' | tail -n 1)")"
  fi
  # Polling goes on without the receiver.
  if ! flock -n "$base/receiver/lock" true || systemctl --user is-active -q cloudaipilot-poll.timer 2>/dev/null; then put polling 1; fi
}

receiver_stop() {
  settle
  : >"$base/receiver/stop"
  if has_systemd; then
    systemctl --user disable --now cloudaipilot-poll.timer cloudaipilot-receiver.service >/dev/null 2>&1
    rm -f -- "$HOME/$units"/cloudaipilot-receiver.service "$HOME/$units"/cloudaipilot-poll.service "$HOME/$units"/cloudaipilot-poll.timer
    systemctl --user daemon-reload
  fi
  if crontab -l 2>/dev/null | grep -q '# cloudaipilot$'; then
    crontab -l 2>/dev/null | grep -v '# cloudaipilot$' | crontab - 2>/dev/null
  fi
  if ! flock -n "$base/receiver/lock" true; then
    kill -s TERM -- "-$(cat "$base/receiver/supervisor" 2>/dev/null)" 2>/dev/null
    flock -w 5 "$base/receiver/lock" true || fail timed-out
  fi
  stop_listening
  rm -f -- "$base/receiver/settings" "$base/receiver/self"
}

# A hook: its rule for the receiver, and what `receive` has to know.
set_hook() {
  settle
  frame=$(cat)
  take <<EOT
$frame
EOT
  named "$hook" hook
  mkdir -p -- "$base/hooks/$hook" || fail disk-full path "$base"
  printf '%s\n' "$frame" | grep -v '^rule ' | replace "$base/hooks/$hook/settings" || fail disk-full path "$base"
  printf %s "$rule" | replace "$base/hooks/$hook/rule.json" || fail disk-full path "$base"
  finish
}

drop_hook() {
  take
  named "$hook" hook
  rm -rf -- "$base/hooks/$hook" || fail storage-failed path "$base/hooks/$hook"
  finish
}

# What arrived for a hook: our own lines, and what the receiver itself turned away.
hook_log() {
  take
  named "$hook" hook
  put now "$(now)"
  [ ! -e "$base/hooks/$hook/rule.json" ] || put present 1
  put log "$(tail -n 60 -- "$base/hooks/$hook/log" 2>/dev/null)"
  put refused "$(tail -n 3000 -- "$base/receiver/log" 2>/dev/null | grep -a -F "POST /hooks/$hook" | tail -n 60)"
  # How the deploys ended that pushes started.
  if [ -n "$folder" ]; then
    place
    tail -n 60 -- "$base/hooks/$hook/log" 2>/dev/null | cut -f 5 | sort -u | while read -r number; do
      case $number in '' | *[!0-9a-f-]*) continue ;; esac
      put ended "$number $(grep -a "^E$tab" -- "$state_folder/deploys/$number/stream" 2>/dev/null | cut -f 3-)"
    done
  fi
  finish
}

# Looks for new commits of all apps that are polled, or of those in the frame. Never twice at once.
tick() {
  settle
  take
  exec 5>>"$base/receiver/tick"
  flock -n 5 || finish
  if [ -n "$folders" ]; then
    printf %s "$folders"
  else
    for entry in $(ls -1 -- "$base/apps"); do sed -n 's/^folder //p' "$base/apps/$entry"; done
  fi | while IFS= read -r entry; do
    (look_once "$entry") </dev/null >/dev/null 2>&1 5>&-
  done
  for entry in $(ls -1 -- "$base/hooks"); do trim_hook "$base/hooks/$entry" 2>/dev/null; done
  trim "$base/receiver/log" 4000
  trim "$base/journal" 2000
  finish
}

# In place, because the receiver keeps its log open.
trim() {
  [ "$(wc -c <"$1" 2>/dev/null || echo 0)" -gt 1000000 ] || return 0
  rest=$(tail -n "$2" -- "$1")
  printf '%s\n' "$rest" >"$1"
}

look_once() {
  asked=$folders
  decode "$1"
  folder=$decoded
  place
  is_ours && load || exit 0
  resume
  [ "$poll" = 1 ] || [ -n "$asked" ] || exit 0
  limited=40
  tip=$(regime ls-remote -- "$url" "refs/heads/$branch" | sed -n "s/^\([0-9a-f]\{40,64\}\)$tab.*$/\1/p" | head -n 1)
  [ -n "$tip" ] && [ "$tip" != "$(cat "$state_folder/considered" 2>/dev/null)" ] || exit 0
  wish='reason poll'
  token=$(random)
  enqueue
}
