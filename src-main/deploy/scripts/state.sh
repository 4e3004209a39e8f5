# What happened, read back from the files that deploys write. It is the truth also for a desktop that was away.

# Events of a deploy without its log, and whether it still runs.
tell_deploy() {
  put deploy "$1"
  if lives "$1"; then
    put alive 1
  else
    put alive 0
    [ ! -e "$state_folder/deploys/$1/request" ] || drop_abandoned
  fi
  put events "$(grep -a -v "^[LK]$tab" -- "$state_folder/deploys/$1/stream" 2>/dev/null)"
}

# All apps of a desktop on this server in one go.
status() {
  take
  put now "$(now)"
  put home "$HOME"
  all=$folders
  printf %s "$all" | while IFS= read -r entry; do
    decode "$entry"
    folder=$decoded
    place
    put app "$folder"
    [ -e "$state_folder/settings" ] && owns_state || continue
    put current "$(current_release)"
    put considered "$(cat "$state_folder/considered" 2>/dev/null)"
    tell_releases
    for last in $(ls -1 -- "$state_folder/deploys" 2>/dev/null | sort -r | head -n 2); do tell_deploy "$last"; done
  done
  finish
}

tell_releases() {
  for entry in $(ls -1 -- "$state_folder/releases" 2>/dev/null | sort -r); do
    if read -r hash made <"$state_folder/releases/$entry" && [ -d "$folder/releases/$entry" ]; then
      put release "$entry $hash $made"
    fi
  done
}

# Newest first; $before is the number of the last one that is known. Numbers begin with the time, in ms.
history() {
  take
  place
  [ -z "$before" ] || named "$before" deploy
  put now "$(now)"
  for entry in $(ls -1 -- "$state_folder/deploys" 2>/dev/null | sort -r); do
    [ -z "$before" ] || [ "${entry%%-*}" -lt "${before%%-*}" ] || continue
    tell_deploy "$entry"
    limit=$((limit - 1))
    [ "$limit" -gt 0 ] || break
  done
  finish
}

# One deploy from byte $offset of its stream, as far as it has come.
read_deploy() {
  take
  place
  named "$id" deploy
  directory=$state_folder/deploys/$id
  [ -e "$directory/stream" ] || fail not-found what deploy
  put now "$(now)"
  if lives "$id"; then put alive 1; else put alive 0; fi
  printf 'text\t'
  tail -c "+$((offset + 1))" -- "$directory/stream" | head -c 2000000
  printf '\0'
  finish
}

# The same as it grows, until the deploy has ended: its lock says so, also when it was killed.
follow() {
  take
  place
  named "$id" deploy
  directory=$state_folder/deploys/$id
  [ -e "$directory/stream" ] || fail not-found what deploy
  tail -s 0.05 -c "+$((offset + 1))" -f -- "$directory/stream" &
  tail=$!
  flock -s "$directory/alive" true
  sleep 0.2
  kill "$tail"
}

# Ends a deploy with everything that it started. Nobody else's process is hit: the lock says that the number is still its.
cancel() {
  take
  place
  require_ours
  named "$id" deploy
  directory=$state_folder/deploys/$id
  [ -e "$directory/stream" ] || fail not-found what deploy
  runner=$(cat "$directory/pid" 2>/dev/null)
  if lives "$id" && [ -n "$runner" ]; then
    end_group "$runner" "$directory/alive" || fail timed-out
    # A deploy that had to be killed could not say so itself.
    grep -a -q "^E$tab" -- "$directory/stream" || {
      stream=$directory/stream
      switching=$(sed -n "s/^R$tab//p" "$stream" | tail -n 1)
      drop_inputs
      judge_cancelled
      event E "$(now)" "$outcome"
    }
  fi
  finish
}

# A moment for those that clean up after themselves; then nobody of the group is left, also not who ignores the signal.
end_group() {
  kill -s TERM -- "-$1" 2>/dev/null
  flock -s -w 5 "$2" true
  left=10
  while [ "$left" -gt 0 ] && kill -s 0 -- "-$1" 2>/dev/null; do
    sleep 0.1
    left=$((left - 1))
  done
  kill -s KILL -- "-$1" 2>/dev/null
  flock -s -w 5 "$2" true
}

# One line for each deploy of this user that begins or ends, from now on.
listen_in() {
  settle
  exec tail -s 1 -n 0 -F -- "$base/journal" 2>/dev/null
}
