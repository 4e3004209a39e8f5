# What CloudAIPilot runs on a server: one file, called as `sh file.sh <word>`, with its data on standard input.
# POSIX sh with GNU coreutils, util-linux and git. Nothing that comes in is ever part of a command line's text.
# No variable that was not set, and no pattern of file names unless it is asked for.
set -uf
LC_ALL=C
export LC_ALL
mask=$(umask)
umask 077
tab='	'
self=$0
base=$HOME/.cloudaipilot

# Answers are records `name<TAB>value<NUL>`; the last one is `done`, which proves that nothing was cut off.
put() { printf '%s\t%s\0' "$1" "$2"; }
finish() {
  put done 1
  exit 0
}

# fail <code> [<fact> <value>]...
fail() {
  put fail "$1"
  shift
  while [ $# -gt 1 ]; do
    put "fact.$1" "$2"
    shift 2
  done
  finish
}

# Whole numbers of milliseconds since 1970. Always in a substitution, which becomes the program.
now() { exec date +%s%3N; }

random() { od -An -N4 -tx4 /dev/urandom | tr -d ' \n'; }

# One line without control characters; ends of lines become the record separator.
plain() {
  case $1 in
  *[![:print:]]*) printf %s "$1" | tr '\n\t' '\036 ' | tr -d '\000-\010\013-\035\037\177' ;;
  *) printf %s "$1" ;;
  esac
}

# Undoes the octal escapes of one value. The stop keeps the ends of lines that a substitution would take away.
decode() {
  case $1 in
  *\\*)
    decoded=$(printf '%b.' "$1")
    decoded=${decoded%.}
    ;;
  *) decoded=$1 ;;
  esac
}

# The other way round, byte by byte.
encode() { printf %s "$1" | od -An -v -to1 | sed 's/ \([0-7]\)/\\0\1/g' | tr -d '\n'; }

# Fields come as lines `name value`, values with octal escapes.
app= folder= url= key= branch= root= watch= command= submodules= lfs= hosts= redactions= variables= path= poll=
id= token= reason= commit= release= offset= before= limit= public= hook= rule= inner= outer= repository= events=
listen= port= limited= index= chain= private= interval= words= target= secret= clean= folders= kind= auto=
allowed= long=
newline='
'
take() {
  while IFS=' ' read -r name value || [ -n "$name" ]; do
    decode "$value"
    case $name in
    app) app=$decoded ;;
    folder)
      folder=$decoded
      folders=$folders$value'
'
      ;;
    url) url=$decoded ;;
    key) key=$decoded ;;
    branch) branch=$decoded ;;
    root) root=$decoded ;;
    watch) watch=$decoded ;;
    command) command=$decoded ;;
    submodule) submodules=$submodules$decoded'
' ;;
    lfs) lfs=$decoded ;;
    allow) allow_check "$decoded" ;;
    hosts) hosts=$decoded ;;
    redactions) redactions=$decoded ;;
    path) path=$decoded ;;
    poll) poll=$decoded ;;
    auto) auto=$decoded ;;
    id) id=$decoded ;;
    token) token=$decoded ;;
    reason) reason=$decoded ;;
    commit) commit=$decoded ;;
    release) release=$decoded ;;
    offset) offset=$decoded ;;
    before) before=$decoded ;;
    limit) limit=$decoded ;;
    public) public=$decoded ;;
    hook) hook=$decoded ;;
    rule) rule=$decoded ;;
    inner) inner=$decoded ;;
    outer) outer=$decoded ;;
    repository) repository=$decoded ;;
    events) events=$decoded ;;
    listen) listen=$decoded ;;
    port) port=$decoded ;;
    chain) chain=$decoded ;;
    private) private=$decoded ;;
    interval) interval=$decoded ;;
    word) words=$words$decoded'
' ;;
    target) target=$target$decoded'
' ;;
    secret) secret=$decoded ;;
    clean) clean=$decoded ;;
    kind) kind=$decoded ;;
    long) long=$long$decoded$newline ;;
    esac
  done
}

# take_all <file>: the same from a file, with its variables. A shell reads byte by byte, which takes seconds for a megabyte of
# them, so they are no lines of `take`; they stay as they came until the command needs them.
take_all() {
  take <<EOT
$(sed '/^variable /d' -- "$1")
EOT
  variables=$variables$(sed -n 's/^variable //p' -- "$1")$newline
}

# Slips of old history that harm nobody, by the names of git-fsck(1). A check that protects is in no setting.
allow_check() {
  case $1 in
  badDate | badDateOverflow | badEmail | badFilemode | badName | badTimezone | missingAuthor | missingCommitter) ;;
  missingEmail | missingNameBeforeEmail | missingSpaceBeforeDate | missingSpaceBeforeEmail | missingTaggerEntry) ;;
  multipleAuthors | nullSha1 | zeroPaddedDate | zeroPaddedFilemode) ;;
  *) return 0 ;;
  esac
  allowed="$allowed $1"
}

# Names of keys, hooks, deploys and commits: nothing but letters of hexadecimal numbers and dashes.
named() {
  case $1 in
  '' | *[!0-9a-f-]* | -*) fail invalid-input field "$2" ;;
  esac
}

# A file is the old one or the new one, never half. The content comes on standard input.
replace() {
  cat >"$1.new.$$" && mv -f -- "$1.new.$$" "$1"
}

# The one folder outside the apps' own.
settle() {
  mkdir -p -- "$base/bin" "$base/keys" "$base/apps" "$base/hooks" "$base/receiver" "$base/empty" ||
    fail storage-failed path "$base"
  [ -e "$base/journal" ] || : >"$base/journal"
}

# Where an app keeps its state, beside its releases. Two computers that deploy into one folder share it.
place() {
  case $folder in
  /*) ;;
  *) fail invalid-input field folder ;;
  esac
  state_folder=$folder/.deploy
}
