# What an app is deployed by. It comes as one frame and is kept as it came, in a file that only this user can read.
configure() {
  settle
  umask 077
  draft=$base/empty/.settings.$$
  trap 'rm -f -- "$draft"' EXIT
  cat >"$draft" || fail disk-full path "$base"
  take_all "$draft"
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
  [ ! -e "$folder" ] || require_ours
  if [ ! -e "$state_folder/repository" ]; then
    if [ -e "$folder" ] && { [ ! -d "$folder" ] || [ -n "$(ls -A -- "$folder" 2>/dev/null)" ]; }; then
      # A deploy folder whose making was cut off holds nothing yet but its own beginnings.
      [ "$(ls -A -- "$folder" 2>/dev/null)" = .deploy ] || fail folder-refused path "$folder" why not-ours
    fi
    (unshared_umask && mkdir -p -- "$folder/releases") 2>/dev/null || fail folder-refused path "$folder" why not-writable
    mkdir -p -- "$state_folder/deploys" "$state_folder/releases" 2>/dev/null ||
      fail folder-refused path "$folder" why not-writable
    # What another user put there in the meantime is no folder of ours.
    require_ours
    chmod 700 "$state_folder"
    printf %s "$repository" | replace "$state_folder/repository" || fail disk-full path "$folder"
  elif [ "$(cat "$state_folder/repository")" != "$repository" ]; then
    fail folder-refused path "$folder" why other-repository
  fi
  [ -w "$state_folder" ] && [ -w "$folder" ] || fail folder-refused path "$folder" why not-writable
  if [ -e "$folder/current" ] && [ ! -L "$folder/current" ]; then fail folder-refused path "$folder" why current-blocked; fi
}

# The umask of the user, but for what lets others write.
unshared_umask() { umask "$mask" && umask go-w; }

require_ours() { is_ours || fail folder-refused path "$folder" why "$exposed"; }

# The part of `is_ours` that starts no program.
owns_state() { [ -O "$state_folder" ] && [ ! -L "$state_folder" ]; }

# Whether what steers deploys is this user's, and stands where only root besides can put anything in its place: whoever
# can do that says what is run here. Leaves in $exposed why not. What is not there yet is no matter.
is_ours() {
  exposed=
  for entry in "$folder" "$state_folder" "$folder/releases"; do
    if [ -L "$entry" ]; then
      [ "$entry" = "$folder" ] || exposed=linked
      case $(stat -c %u -- "$entry" 2>/dev/null) in 0 | "$(id -u)") ;; *) exposed=other-owner ;; esac
    fi
    [ -n "$exposed" ] || [ ! -e "$entry" ] || keep_to_oneself "$entry"
    [ -n "$exposed" ] || [ ! -e "$entry" ] || judge_owner "$entry"
    [ -z "$exposed" ] || return 1
  done
}

# Earlier deploys made `releases` by the umask of the user, which may have let a group write. The folder around it is theirs.
keep_to_oneself() {
  [ "$1" = "$folder" ] || [ ! -O "$1" ] || chmod g-w -- "$1" 2>/dev/null || :
}

# The group of a user alone, by its name, is nobody else (useradd(8), USERGROUPS_ENAB).
judge_owner() {
  read -r owner modes group <<EOT
$(stat -L -c '%u %A %G' -- "$1" 2>/dev/null)
EOT
  [ -O "$1" ] || { [ "$owner" = 0 ] && [ "$1" = "$folder" ]; } || exposed=other-owner
  case $modes in
  ?????????[tT]*) ;;
  ????????w*) exposed=${exposed:-open} ;;
  ?????w*) case $group in root | "$(id -un)") ;; *) exposed=${exposed:-open} ;; esac ;;
  esac
}

# Reads the settings of the app in $folder.
load() {
  place
  [ -e "$state_folder/settings" ] || return 1
  variables= submodules= allowed= long=
  take_all "$state_folder/settings"
}
