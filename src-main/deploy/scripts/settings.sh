# What an app is deployed by. It comes as one frame and is kept as it came, in a file that only this user can read.
configure() {
  settle
  umask 077
  draft=$base/empty/.settings.$$
  trap 'rm -f -- "$draft"' EXIT
  cat >"$draft" || fail disk-full path "$base"
  take <"$draft"
  place
  named "$key" key
  check_branch || fail branch-missing branch "$branch"
  claim
  # The search path of a login, for deploys that no login starts.
  { cat "$draft"; printf 'path %s\n' "$(encode "$PATH")"; } | replace "$state_folder/settings" ||
    fail disk-full path "$folder"
  printf %s "$hosts" | replace "$base/keys/$key.hosts"
  printf 'folder %s\n' "${folders%?}" | replace "$base/apps/$key" || fail disk-full path "$base"
  finish
}

# Takes a folder: a new one, an empty one, or one that holds deploys of the same repository.
claim() {
  if [ ! -e "$state_folder/repository" ]; then
    if [ -e "$folder" ] && { [ ! -d "$folder" ] || [ -n "$(ls -A -- "$folder" 2>/dev/null)" ]; }; then
      # A deploy folder whose making was cut off holds nothing yet but its own beginnings.
      [ "$(ls -A -- "$folder" 2>/dev/null)" = .deploy ] || fail folder-refused path "$folder" why not-ours
    fi
    (umask "$mask" && mkdir -p -- "$folder/releases") 2>/dev/null || fail folder-refused path "$folder" why not-writable
    mkdir -p -- "$state_folder/deploys" "$state_folder/releases" 2>/dev/null ||
      fail folder-refused path "$folder" why not-writable
    chmod 700 "$state_folder"
    printf %s "$repository" | replace "$state_folder/repository" || fail disk-full path "$folder"
  elif [ "$(cat "$state_folder/repository")" != "$repository" ]; then
    fail folder-refused path "$folder" why other-repository
  fi
  [ -w "$state_folder" ] && [ -w "$folder" ] || fail folder-refused path "$folder" why not-writable
  if [ -e "$folder/current" ] && [ ! -L "$folder/current" ]; then fail folder-refused path "$folder" why current-blocked; fi
}

# Reads the settings of the app in $folder.
load() {
  place
  [ -e "$state_folder/settings" ] || return 1
  variables= submodules= allowed=
  take <"$state_folder/settings"
}
