# A test clone from this server, without files, and what is worth knowing before a first deploy.
trial() {
  take
  settle
  named "$key" key
  for word in $(printf %s "$words"); do
    if command -v -- "$word" >/dev/null 2>&1; then put present "$word"; else put absent "$word"; fi
  done
  [ "$lfs" = 1 ] && git lfs version >/dev/null 2>&1 && put lfs 1
  put free "$(df -Pk -- "$HOME" 2>/dev/null | sed -n '2s/^.* \([0-9][0-9]*\)  *[0-9]*% .*$/\1/p')"
  check_branch || fail branch-missing branch "$branch"
  work=$(mktemp -d "$base/empty.XXXXXX") || fail storage-failed path "$base"
  trap 'rm -rf -- "$work"' EXIT
  trap 'exit 1' HUP TERM INT
  started=$(now)
  try_clone --filter=blob:none || {
    rm -rf -- "$work/clone"
    # A server may refuse the filter; then the files of one commit come along. And in a partial clone, git before 2.44
    # takes no notice of the checks that are allowed.
    case $said in *filter* | *'fsck error'*) try_clone ;; *) false ;; esac
  } || fail clone-refused said "$(plain "$(printf %s "$said" | tail -n 15)")"
  put milliseconds "$(($(now) - started))"
  put commit "$(regime -C "$work/clone" rev-parse --verify HEAD)"
  check_tree "$work/clone" HEAD "$work/listing" || fail path-refused path "$(plain "$refused_path")" why "$refused_why"
  read_tree
  finish
}

try_clone() {
  limited=100
  said=$(regime clone -q --bare --depth=1 --single-branch --no-tags --template= "$@" --branch "$branch" -- "$url" \
    "$work/clone" 2>&1 </dev/null)
}

# The folder that is wanted: free, ours already, or taken.
look_at_folder() {
  [ -n "$folder" ] || return 0
  place
  [ ! -e "$folder" ] || is_ours || put folder "$exposed"
  if [ -e "$state_folder/repository" ]; then
    put folder ours
    put holds "$(cat "$state_folder/repository")"
  elif [ -e "$folder" ]; then
    if [ ! -d "$folder" ] || [ -n "$(ls -A -- "$folder" 2>/dev/null)" ]; then put folder taken; else put folder empty; fi
    [ -w "$folder" ] || put folder closed
  else
    above=$folder
    while [ ! -e "$above" ] && [ -n "$above" ]; do above=${above%/*}; done
    if [ -d "${above:-/}" ] && [ -w "${above:-/}" ]; then put folder free; else put folder closed; fi
  fi
  if [ -e "$folder/current" ] && [ ! -L "$folder/current" ]; then put folder blocked; fi
}

# What the commit holds, without fetching its files.
read_tree() {
  tree=$work/tree
  regime -C "$work/clone" ls-tree -r -z HEAD >"$tree" 2>/dev/null
  put files "$(tr -dc '\000' <"$tree" | wc -c)"
  if [ -n "$root" ]; then
    [ "$(regime -C "$work/clone" cat-file -t "HEAD:$root" 2>/dev/null)" = tree ] && put root 1
  fi
  regime -C "$work/clone" cat-file -e HEAD:.gitmodules 2>/dev/null &&
    put modules "$(regime -C "$work/clone" show HEAD:.gitmodules 2>/dev/null | head -c 65536)"
  sed -n "s|^160000$tab/||p" "$work/listing" | head -n 200 | while IFS= read -r link; do
    put link "$link"
  done
  attributes=$(
    tr '\000' '\n' <"$tree" | sed -n "s/^100644 blob \([0-9a-f]*\)$tab\(.*\/\)\{0,1\}\.gitattributes$/\1/p" | head -n 3 |
      while read -r blob; do regime -C "$work/clone" cat-file blob "$blob" 2>/dev/null; done | head -c 65536
  )
  case $attributes in *filter=lfs*) put attributes lfs ;; esac
}
