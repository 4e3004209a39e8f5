# Asks for a deploy from outside: the frame is the wish itself.
submit() {
  wish=$(cat)
  take <<EOT
$(printf '%s\n' "$wish" | sed '/^variable /d')
EOT
  named "$token" token
  enqueue
  put now "$(now)"
  put id "$id"
  finish
}

# Starts the deploy $wish, or lets it wait behind the one that runs; one that waits already takes the new wish over.
# Leaves in $id which deploy it is.
enqueue() {
  place
  [ -e "$state_folder/settings" ] || fail not-found what app
  # A hundred calls may come at once: here only what takes no program; `run` looks at all of it.
  owns_state || require_ours
  exec 7>>"$state_folder/queue"
  flock 7
  # The same wish sent again after a cut connection is the same deploy, unless the first one was cut off half-way.
  set +f
  for directory in "$state_folder/deploys/"*"-$token"; do id=${directory##*/}; done
  set -f
  if [ -e "$directory/alive" ]; then
    exec 7>&-
    return 0
  fi
  [ ! -d "$directory" ] || rm -rf -- "$directory"
  # Many that come at once are taken over by the one that waits.
  waiting=
  [ ! -e "$state_folder/queued" ] || read -r waiting <"$state_folder/queued"
  if [ -n "$waiting" ] && lives "$waiting"; then
    id=$waiting
    [ "$wish" = 'reason push' ] && read -r waits <"$state_folder/deploys/$id/request" && [ "$waits" = "$wish" ] ||
      printf '%s\n' "$wish" | replace "$state_folder/deploys/$id/request" || fail disk-full path "$folder"
    exec 7>&-
    return 0
  fi
  id=$(now)-$token
  directory=$state_folder/deploys/$id
  mkdir -p -- "$directory" 2>/dev/null || fail disk-full path "$folder"
  # Room for the last words of a deploy that fills the disk.
  { head -c 65536 /dev/zero >"$directory/reserve" && printf '%s\n' "$wish" >"$directory/request" &&
    : >"$directory/stream"; } 2>/dev/null || {
    rm -rf -- "$directory"
    fail disk-full path "$folder"
  }
  printf '%s\n' "$id" >"$state_folder/queued" || fail disk-full path "$folder"
  launch
  exec 7>&-
}

# Starts what waited for its turn when the server went down.
resume() {
  exec 7>>"$state_folder/queue"
  flock 7
  id=$(cat "$state_folder/queued" 2>/dev/null)
  directory=$state_folder/deploys/$id
  [ -z "$id" ] || lives "$id" || [ ! -s "$directory/request" ] || launch
  exec 7>&-
}

# A session of its own: the deploy outlives this login, and can be ended with everything that it started.
launch() {
  exec 8>>"$directory/alive"
  flock 8
  {
    umask "$mask"
    exec env -i HOME="$HOME" PATH="$PATH" USER="$(id -un)" LOGNAME="$(id -un)" SHELL="${SHELL:-/bin/sh}" \
      setsid sh "$self" run "$folder" "$id"
  } </dev/null >/dev/null 2>&1 6>&- 7>&- &
  printf %s "$!" >"$directory/pid"
  exec 8>&-
}

# A deploy holds this lock alone, from before it is known until it has ended, however it ends.
lives() {
  [ -e "$state_folder/deploys/$1/alive" ] && ! flock -s -n 5 5<"$state_folder/deploys/$1/alive"
}
