# Whether a change touches what is watched. git itself matches the patterns, as attributes: the last one that fits a file
# decides (gitattributes(5)). The repository that it asks is empty, so no attributes but these count.
touches() {
  scratch=$state_folder/scratch
  [ -d "$scratch/.git" ] || regime init -q --template= -- "$scratch" >/dev/null 2>&1
  printf '%s\n' "$watch" >"$directory/watch"
  is_listable "$1" && is_listable "$2" &&
    regime -C "$mirror" diff --name-only -z --no-renames --no-ext-diff --no-textconv "$1" "$2" -- >"$directory/changed" &&
    regime -C "$scratch" -c "core.attributesFile=$directory/watch" check-attr -z --stdin watch \
      <"$directory/changed" >"$directory/judged" 2>/dev/null
  asked=$?
  # Records of three: file, attribute, value. Only a value can follow the name of the attribute.
  [ "$asked" != 0 ] || tr '\000\n' '\n ' <"$directory/judged" | sed -n 'n;n;/^set$/{p;q}' | grep -q .
  touched=$?
  rm -f -- "$directory/watch" "$directory/changed" "$directory/judged"
  # Where git can't say, nothing is held back.
  [ "$asked" != 0 ] || [ "$touched" = 0 ]
}

# The last commits with the files that they changed, for rules to be tried on. Merges count by what they brought.
commits() {
  take
  place
  require_ours
  load || fail not-found what app
  mirror_at "$state_folder/mirror.git" || fail storage-failed path "$folder"
  limited=60
  drop_branches_in_the_way
  said=$(fetch_branch --quiet 2>&1 </dev/null) || fail clone-refused said "$(plain "$(printf %s "$said" | tail -n 15)")"
  tip_of_branch >/dev/null || fail branch-missing branch "$branch"
  printf 'text\t'
  past_commits | head -c 8000000
  printf '\0'
  finish
}

# The first parent of each commit is the one in the next line. The last line but an empty one is there for that alone.
past_commits() {
  names_until=$(($(now) + 40000))
  told=0 hash=
  { regime -C "$mirror" rev-list --first-parent --max-count=51 "refs/heads/$branch" -- && echo; } 2>/dev/null </dev/null |
    while read -r parent; do
      if [ -n "$hash" ] && [ "$told" -lt 50 ]; then
        told=$((told + 1))
        printf '\001%s\003' "$(regime -C "$mirror" rev-list --max-count=1 --format='%H%x02%an%x02%ct%x02%s' "$hash" 2>/dev/null </dev/null |
          sed 1d | head -c 4000 | tr -d '\001\003')"
        [ "$(now)" -ge "$names_until" ] || changed_files </dev/null 2>/dev/null
      fi
      hash=$parent
    done
}

# git has all changes of a commit in memory before it names the first, and a few small trees can stand for more of them
# than there is memory, or time: a commit that takes more than this (kB, seconds of work) is told of without files.
changed_files() (
  ulimit -v 500000 || :
  ulimit -t 1 || :
  regime -C "$mirror" -c core.packedGitWindowSize=8m -c core.packedGitLimit=64m \
    diff-tree -r --root --no-commit-id --name-only -z --no-renames ${parent:+"$parent"} "$hash" --
)

# Whether a commit's files can be listed: a few small trees can stand for more of them than fit into memory, and git has all
# changes there before it names the first. Where they can't, nothing is held back, and the tree is refused later. Folders
# count too, since it takes as long to walk through empty ones.
is_listable() {
  [ "$(regime -C "$mirror" ls-tree -r -t -z --name-only --full-tree "$1" 2>/dev/null </dev/null | head -c "$most_named" | wc -c)" -lt "$most_named" ]
}

# Bytes of names: about a million files.
most_named=60000000
