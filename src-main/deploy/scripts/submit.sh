# Asks for a deploy from outside: the frame is the wish itself.
submit() {
  wish=$(cat)
  take <<EOT
$wish
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
  # The same wish sent again after a cut connection is the same deploy.
  id=$(ls -1 -- "$state_folder/deploys" 2>/dev/null | grep -e "-$token\$" | tail -n 1)
  [ -z "$id" ] || return 0
  id=$(now)-$token
  directory=$state_folder/deploys/$id
  mkdir -p -- "$directory" 2>/dev/null || fail disk-full path "$folder"
  # Room for the last words of a deploy that fills the disk.
  { head -c 65536 /dev/zero >"$directory/reserve" && printf '%s\n' "$wish" >"$directory/request" &&
    : >"$directory/stream"; } 2>/dev/null || {
    rm -rf -- "$directory"
    fail disk-full path "$folder"
  }
  exec 7>>"$state_folder/queue"
  flock 7
  waiting=$(cat "$state_folder/queued" 2>/dev/null)
  if [ -n "$waiting" ] && lives "$waiting" && mv -f -- "$directory/request" "$state_folder/deploys/$waiting/request"; then
    rm -rf -- "$directory"
    id=$waiting
  else
    printf %s "$id" >"$state_folder/queued"
    launch
  fi
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
  } </dev/null >/dev/null 2>&1 7>&- &
  printf %s "$!" >"$directory/pid"
  exec 8>&-
}

# A deploy holds this lock alone, from before it is known until it has ended, however it ends.
lives() {
  [ -e "$state_folder/deploys/$1/alive" ] && ! flock -s -n "$state_folder/deploys/$1/alive" true
}
