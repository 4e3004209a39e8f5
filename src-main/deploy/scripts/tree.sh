# What a commit may put into a release. Its whole tree is looked through before anything of it is written, and every
# folder that is written into is a real one below the release.

# Characters that HFS+ leaves out of names (U+200C to U+200F, U+202A to U+202E, U+206A to U+206F, U+FEFF).
unseen=$(printf 's/\342\200[\214-\217\252-\256]//g;s/\342\201[\252-\257]//g;s/\357\273\277//g')
# Stands for an end of a line where lines are compared.
escaped=$(printf '\001')
# `.`, `..`, the empty name, and `.git` in any spelling that a file system takes for it.
forbidden='[/\\]\.\.?([/\\]|$)|//|/$|[/\\](\.git|git~1)[. ]*(:[^/\\]*)?([/\\]|$)'

# check_tree <repository> <commit> <file>: fails with $refused_path and $refused_why when the commit holds a path that
# could be written elsewhere than where it seems to be. Leaves lines `mode<TAB>/path` in the file.
check_tree() {
  refused_path= refused_why=unreadable
  rm -f -- "$3.cut"
  # A few small trees can stand for more files than any disk holds.
  { regime -C "$1" ls-tree -r -t -z --full-tree "$2" 2>/dev/null </dev/null || : >"$3.cut"; } |
    head -c 200000000 >"$3.raw" || return 1
  [ ! -e "$3.cut" ] || return 1
  tr '\000\n' '\n\001' <"$3.raw" | sed "s|^\([0-7]*\) [a-z]* [0-9a-f]*$tab|\1$tab/|" >"$3" &&
    cut -f 2- "$3" >"$3.paths" && sort "$3.paths" >"$3.sorted" || return 1
  # What only some file systems take for one path counts where one of the two is a link or a submodule.
  sed -e "$unseen" -e 's|[. ]*/|/|g' -e 's|[. ]*$||' "$3" | grep -a -v '^100' | tr A-Z a-z >"$3.folded" &&
    sed -n "s/^1[26]0000$tab//p" "$3.folded" | sort -u >"$3.links" || return 1
  # The root of the tree is a folder that is not listed.
  { echo; sed -n "s/^040000$tab//p" "$3"; } | sort -u >"$3.folders" || return 1
  none duplicate "$(twice <"$3.sorted" | head -n 1)" &&
    none name "$(sed "$unseen" "$3.paths" | grep -a -i -E -e "$forbidden" | head -n 1)" &&
    none name "$(grep -a -x -e "1[26]0000$tab/\.gitmodules" "$3.folded" | cut -f 2- | head -n 1)" &&
    # Below a link, a file or a submodule, or a name with a slash in it.
    none not-a-folder "$(sed 's|/[^/]*$||' "$3.paths" | sort -u | grep -a -v -x -F -f "$3.folders" | head -n 1)" &&
    none duplicate "$(cut -f 2- "$3.folded" | sort | twice | grep -a -x -F -f "$3.links" | head -n 1)"
}

# Of sorted lines those that come more than once.
twice() { sed -n '$!N;/^\(.*\)\n\1$/P;D'; }

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
    for kind in '' .cut .raw .paths .sorted .folded .links .folders; do rm -f -- "$directory/$part$kind"; done
  done
  rm -f -- "$directory/index"
}
