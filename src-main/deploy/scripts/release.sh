# Releases: a worktree each, and one link that says which of them runs. $fresh is the one that is being made, $switching
# the one that the link is moved to.
fresh= switching=

check_current() {
  if [ -e "$folder/current" ] && [ ! -L "$folder/current" ]; then
    ended failed folder-refused path "$(plain "$folder")" why current-blocked
  fi
}

make_release() {
  drop_unfinished
  check_tree "$mirror" "$wanted" "$directory/tree" || refuse_path "$refused_path"
  # To the millisecond: releases are told apart, and put in order, by their names.
  fresh=$(date -u +%Y%m%dT%H%M%S%3NZ)-$(printf %.8s "$wanted")
  while [ -e "$folder/releases/$fresh" ]; do fresh=${fresh}x; done
  event R "$fresh"
  target=$folder/releases/$fresh
  (unshared_umask && mkdir -p -- "$folder/releases")
  umask "$mask"
  logged progress regime -C "$mirror" worktree add --force --detach -- "$target" "$wanted" || went_wrong
  umask 077
  clear_said
  released=$(cd -P -- "$target" 2>"$directory/said" && pwd -P) || went_wrong
  [ "$lfs" != 1 ] || add_large_files
  while IFS=$tab read -r module module_url module_key; do
    [ -z "$module" ] || add_module
  done <<EOT
$submodules
EOT
  find_root
  drop_listings
}

# Leaves in $rooted the folder of the release that is served, which is a real one.
find_root() {
  rooted=$released
  [ -n "$root" ] || return 0
  folder_below "$root" || ended failed folder-missing path "$(plain "$root")" ${blocked:+why "$blocked"}
  rooted=$below
}

# One submodule, by a mirror and a key of its own. The commit is the one that the release names.
add_module() {
  # It is not in this commit: nothing to fetch.
  grep -a -q -x -F -e "160000$tab/$module" "$directory/tree" || return 0
  hash=$(regime -C "$mirror" rev-parse --verify --quiet "$wanted:$module" </dev/null) || return 0
  case $module_key in '' | *[!0-9a-f]*) refuse_module ;; esac
  source=$state_folder/modules/$module_key.git
  clear_said
  fetch_module || refuse_module said "$(last_said)"
  check_tree "$source" "$hash" "$directory/module" || refuse_path "$module/$refused_path"
  umask "$mask"
  folder_below "$module" make || {
    refused_why=${blocked:-not-a-folder}
    refuse_path "$module"
  }
  index=$directory/index
  rm -f -- "$index"
  clear_said
  regime --git-dir="$source" --work-tree="$below" read-tree --reset -u "$hash" </dev/null >"$directory/said" 2>&1 ||
    refuse_module said "$(last_said)"
  index=
  umask 077
  tell_left_out
}

# Nobody made a key for the submodules of a submodule. Their folders are missing in the release, so it is said.
tell_left_out() {
  sed -n "s|^160000$tab/||p" "$directory/module" | head -n 20 | while IFS= read -r inner_module; do
    event L "$phase" "Left out: $(plain "$module/$inner_module"), a submodule of the submodule $(plain "$module")."
  done
}

# In no subshell: a full disk ends the deploy here, and only once.
fetch_module() {
  { mkdir -p -- "$state_folder/modules" && (mirror_at "$source") </dev/null; } 2>"$directory/said" || return 1
  ! regime -C "$source" cat-file -e "$hash^{commit}" 2>/dev/null </dev/null || return 0
  logged progress bounded by_module_key -C "$source" fetch --prune --no-tags --force -- "$module_url" '+refs/heads/*:refs/heads/*'
  status=$?
  [ "$status" != 124 ] || went_wrong 124
  return "$status"
}

by_module_key() (
  key=$module_key
  regime "$@"
)

refuse_module() { ended failed submodule-refused path "$(plain "$module")" "$@"; }

# Large files come from the app's own host, by its key, whatever place the repository's .lfsconfig names: the settings here
# stand above it (git-lfs-config(5)). That host gives them out by HTTP alone, not from a folder of this server.
add_large_files() {
  git lfs version >/dev/null 2>&1 || ended failed tool-missing tool git-lfs
  files_stand || refuse_path "$refused_path"
  refused_why=link
  [ ! -L "$released/.lfsconfig" ] || refuse_path .lfsconfig
  ! regime config --no-includes -f "$released/.lfsconfig" --get-regexp '^(lfs\.url|remote\..*\.lfsurl)$' >/dev/null 2>&1 </dev/null ||
    event L "$phase" 'Large files are fetched from the host of the repository. The other place in .lfsconfig is left aside.'
  logged progress bounded regime -C "$target" -c "remote.origin.url=$url" -c "lfs.url=$url" -c lfs.basictransfersonly=true \
    -c lfs.standalonetransferagent= -c lfs.skipdownloaderrors=false -c filter.lfs.required=true \
    -c 'filter.lfs.clean=git-lfs clean -- %f' -c 'filter.lfs.smudge=git-lfs smudge -- %f' \
    -c 'filter.lfs.process=git-lfs filter-process' lfs pull origin || went_wrong $?
}

# The person's command, in the release, with the variables of the app and none of ours.
in_release() (
  cd -P -- "$rooted" || exit 1
  umask "$mask"
  [ -z "$path" ] || PATH=$path
  export LANG=C.UTF-8 DEPLOY_COMMIT="$wanted" DEPLOY_BRANCH="$branch" DEPLOY_RELEASE="$fresh" DEPLOY_REASON="$reason"
  # From here on names are the person's, but for those that begin with pilot_.
  set -- "$directory/command"
  set_variables
  [ -n "$pilot_long" ] || exec sh "$1"
  # Its own shell has them all the same, whatever their size.
  exec sh -c "$with_long_variables" "$1" 3<<EOT
$pilot_long
EOT
)

# Leaves in $pilot_long the variables that are longer than a text that Linux passes on to a program (execve(2)).
set_variables() {
  pilot_long= pilot_locale= pilot_newline=$newline
  IFS=$newline
  for pilot_entry in $variables; do
    pilot_name=${pilot_entry%%=*}
    case $pilot_name in '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;; esac
    pilot_value=$(printf '%b.' "${pilot_entry#*=}")
    # Lengths are counted in bytes as long as this locale is set. The stop counts for the NUL.
    if [ "$pilot_name" = LC_ALL ]; then
      pilot_locale=${pilot_value%.}
    elif [ $((${#pilot_name} + ${#pilot_value} + 1)) -le 131072 ]; then
      export "$pilot_name=${pilot_value%.}"
    else
      pilot_long=$pilot_long$pilot_entry$pilot_newline
      printf 'Only the command itself has %s: Linux passes no variable of more than 128 KiB on to programs.\n' "$pilot_name"
    fi
  done
  unset IFS
  if [ -n "$pilot_locale" ]; then LC_ALL=$pilot_locale; else unset LC_ALL; fi
}

with_long_variables='set -f
pilot_long=$(cat <&3)
exec 3<&-
IFS="
"
for pilot_entry in $pilot_long; do
  pilot_value=$(printf "%b." "${pilot_entry#*=}")
  eval "${pilot_entry%%=*}=\${pilot_value%.}"
done
unset IFS pilot_long pilot_entry pilot_value
set +f
. "$0"'

# The one moment at which the app changes: a rename of a link (rename(2)).
switch_to() {
  check_current
  [ -s "$state_folder/releases/$1" ] || printf '%s %s\n' "$wanted" "$(now)" | replace "$state_folder/releases/$1" ||
    ended failed disk-full
  rm -f -- "$state_folder/next"
  switching=$1
  { ln -s -- "releases/$1${root:+/$root}" "$state_folder/next" && mv -T -- "$state_folder/next" "$folder/current"; } \
    2>/dev/null || ended failed folder-refused path "$(plain "$folder")" why not-writable
  tell_switch "$1"
}

# Once for a deploy. It may have been ended between the rename and this.
tell_switch() {
  grep -a -q "^S$tab" -- "$stream" || event S "$(now)" "$1"
}

roll_back() {
  case $release in *[!0-9A-Za-z-]*) ended failed invalid-input ;; esac
  step switch
  [ -d "$folder/releases/$release" ] && [ -s "$state_folder/releases/$release" ] || ended failed not-found what release
  read -r wanted made <"$state_folder/releases/$release"
  mirror=$state_folder/mirror.git
  tell_commit
  event R "$release"
  # The root folder may be another than when this release was made.
  released=$(cd -P -- "$folder/releases/$release" && pwd -P) || ended failed not-found what release
  find_root
  switch_to "$release"
}

# Name of the release that runs, or nothing.
current_release() {
  link=$(readlink -- "$folder/current" 2>/dev/null) || return 0
  link=${link#releases/}
  printf %s "${link%%/*}"
}

remove_release() {
  case $1 in
  *[!0-9a-zA-Z-]*) return 0 ;;
  [0-9]*T[0-9]*Z-[0-9a-f]*) ;;
  *) return 0 ;;
  esac
  rm -rf -- "$folder/releases/$1" "$state_folder/releases/$1"
}

# Of a deploy that failed or was cancelled nothing stays, unless it is live already.
drop_release() {
  drop_listings
  if [ -n "$fresh" ] && [ "$(current_release)" != "$fresh" ]; then
    remove_release "$fresh"
    regime -C "$state_folder/mirror.git" worktree prune 2>/dev/null
  fi
}

# What a deploy that was killed left behind.
drop_unfinished() {
  for entry in $(ls -1 -- "$folder/releases" 2>/dev/null); do
    [ -e "$state_folder/releases/$entry" ] || [ "$entry" = "$(current_release)" ] || remove_release "$entry"
  done
  regime -C "$mirror" worktree prune 2>/dev/null
}

# Three releases stay, and the one that runs.
clean_up() {
  running=$(current_release)
  kept=0
  for entry in $(ls -1 -- "$state_folder/releases" 2>/dev/null | sort -r); do
    kept=$((kept + 1))
    [ "$kept" -le 3 ] || [ "$entry" = "$running" ] || remove_release "$entry"
  done
  regime -C "$mirror" worktree prune 2>/dev/null
  regime -C "$mirror" -c gc.auto=6700 gc --auto --quiet >/dev/null 2>&1
}
