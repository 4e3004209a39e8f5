# What a commit may put into a release. Its whole tree is looked through before anything of it is written, and every
# folder that is written into is a real one below the release.

# Characters that HFS+ leaves out of names (U+200C to U+200F, U+202A to U+202E, U+206A to U+206F, U+FEFF).
unseen=$(printf 's/\342\200[\214-\217\252-\256]//g;s/\342\201[\252-\257]//g;s/\357\273\277//g')
# Stands for an end of a line where lines are compared.
escaped=$(printf '\001')
# `.`, `..`, the empty name, and `.git` in any spelling that a file system takes for it.
forbidden='[/\\]\.\.?([/\\]|$)|//|/$|[/\\](\.git|git~1)[. ]*(:[^/\\]*)?([/\\]|$)'

# Bytes of a list of files that are looked through: a few small trees can stand for more files than any disk holds.
most_listed=200000000

# check_tree <repository> <commit> <file>: fails with $refused_path and $refused_why when the commit holds a path that
# could be written elsewhere than where it seems to be. Leaves lines `mode<TAB>/path` in the file. Every step ends well or
# the tree counts as unreadable: an empty answer of a program that was stopped proves nothing.
check_tree() {
  refused_path= refused_why=unreadable
  rm -f -- "$3.cut"
  { regime -C "$1" ls-tree -r -t -z --full-tree "$2" 2>/dev/null </dev/null || : >"$3.cut"; } |
    head -c "$most_listed" >"$3.raw" || return 1
  # What was cut in its last bytes was written in full before that.
  [ ! -e "$3.cut" ] && [ "$(wc -c <"$3.raw")" -lt "$most_listed" ] || return 1
  tr '\000\n' '\n\001' <"$3.raw" >"$3.lines" &&
    sed "s|^\([0-7]*\) [a-z]* [0-9a-f]*$tab|\1$tab/|" "$3.lines" >"$3" &&
    cut -f 2- "$3" >"$3.paths" && matching -E -e '[^/]{256}' "$3.paths" >"$3.found" || return 1
  # No file system here takes a longer name.
  none name "$(head -n 1 "$3.found")" || return 1
  refused_why=unreadable
  # What only some file systems take for one path counts where one of the two is a link or a submodule.
  sed -e "$unseen" -e 's|[. ]*/|/|g' -e 's|[. ]*$||' -e '/^100/d' "$3" >"$3.lines" && tr A-Z a-z <"$3.lines" >"$3.folded" &&
    sed -n "s/^1[26]0000$tab//p" "$3.folded" >"$3.lines" && sort -u "$3.lines" >"$3.links" || return 1
  sort "$3.paths" >"$3.sorted" && twice "$3.sorted" >"$3.found" || return 1
  none duplicate "$(head -n 1 "$3.found")" || return 1
  refused_why=unreadable
  sed "$unseen" "$3.paths" >"$3.lines" && matching -i -E -e "$forbidden" "$3.lines" >"$3.found" &&
    matching -x -e "1[26]0000$tab/\.gitmodules" "$3.folded" >"$3.sorted" &&
    cut -f 2- "$3.sorted" >>"$3.found" || return 1
  none name "$(head -n 1 "$3.found")" || return 1
  refused_why=unreadable
  # Below a link, a file or a submodule, or a name with a slash in it. The root of the tree is a folder that is not listed.
  sed -n "s/^040000$tab//p" "$3" >"$3.folders" && echo >>"$3.folders" && sed 's|/[^/]*$||' "$3.paths" >"$3.lines" &&
    sort -u "$3.lines" >"$3.sorted" && sort "$3.folders" "$3.folders" "$3.sorted" >"$3.lines" &&
    once "$3.lines" >"$3.found" || return 1
  none not-a-folder "$(head -n 1 "$3.found")" || return 1
  refused_why=unreadable
  cut -f 2- "$3.folded" >"$3.lines" && sort "$3.lines" >"$3.sorted" && twice "$3.sorted" >"$3.lines" &&
    sort -u "$3.lines" >"$3.sorted" && sort "$3.sorted" "$3.links" >"$3.lines" && twice "$3.lines" >"$3.found" || return 1
  none duplicate "$(head -n 1 "$3.found")"
}

# Lines that fit; none is an answer too.
matching() { grep -a "$@" || [ $? = 1 ]; }

# Of sorted lines those that come more than once, and those that come once. Both take time by length, however long a line.
twice() { awk 'NR > 1 && $0 "" == last { print } { last = $0 "" }' "$1"; }
once() {
  awk 'NR > 1 && $0 "" != last { if (count == 1) print last; count = 0 } { last = $0 ""; count++ }
    END { if (count == 1) print last }' "$1"
}

# none <why> <path>: fails when there is such a path.
none() {
  refused_why=$1 refused_path=${2#/}
  [ -z "$2" ]
}

# folder_below <path> [make]: leaves in $below the real path of a folder of the release. No link is followed on the way.
folder_below() {
  below=$released blocked=
  remaining=$1/
  while [ -n "$remaining" ]; do
    part=${remaining%%/*}
    remaining=${remaining#*/}
    case $part in '' | . | .. | .git) return 1 ;; esac
    below=$below/$part
    if [ -L "$below" ]; then
      blocked=link
      return 1
    fi
    [ -d "$below" ] || { [ "${2:-}" = make ] && mkdir -- "$below" 2>/dev/null; } || return 1
  done
  [ "$(cd -P -- "$below" 2>/dev/null && pwd -P)" = "$below" ]
}

# Whether the files of the commit stand in the release as files, and its folders as folders: none is a link.
files_stand() {
  refused_why=link
  while IFS= read -r entry; do
    refused_path=${entry#*"$tab/"}
    # An end of a line in a name.
    case $refused_path in
    *"$escaped"*)
      refused_path=$(printf '%s.' "$refused_path" | tr '\001' '\n')
      refused_path=${refused_path%.}
      ;;
    esac
    [ ! -L "$released/$refused_path" ] || case $entry in 040000* | 100*) return 1 ;; esac
    case $entry in 100*) [ -f "$released/$refused_path" ] || return 1 ;; esac
  done <"$directory/tree"
}

refuse_path() { ended failed path-refused path "$(plain "$1")" why "$refused_why"; }

drop_listings() {
  for part in tree module; do
    for kind in '' .cut .raw .lines .paths .found .sorted .folded .links .folders; do rm -f -- "$directory/$part$kind"; done
  done
  rm -f -- "$directory/index"
}
