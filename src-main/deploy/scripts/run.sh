# One deploy, from its turn to its end. Descriptor 8 holds its own lock, 9 that of the app. It speaks by one file,
# `stream`: Q queued, B begun (with the release that runs, if any), P phase, C commit, R release, L line of the log, K bytes left out of it, S switched, E ended;
# fields between tabs.
run() {
  folder=$1 id=$2
  place
  directory=$state_folder/deploys/$id
  stream=$directory/stream
  phase=fetch
  trap 'ended cancelled' TERM HUP INT
  exec 9>>"$state_folder/lock"
  if ! flock -n 9; then
    event Q "$(now)"
    flock 9
  fi
  (
    flock 7
    [ "$(cat "$state_folder/queued" 2>/dev/null)" != "$id" ] || rm -f -- "$state_folder/queued"
  ) 7>>"$state_folder/queue"
  drop_abandoned
  is_ours || ended failed folder-refused path "$(plain "$folder")" why "$exposed"
  load || ended failed not-found
  take_all "$directory/request"
  printf %s "$redactions" >"$directory/redactions"
  [ -z "$long" ] || pieces_of_long >"$directory/pieces"
  event B "$(now)" "$reason" "$(plain "$branch")" "$(current_release)"
  note begun
  if [ -n "$release" ]; then roll_back; else deploy; fi
  ended succeeded
}

deploy() {
  case $commit in *[!0-9a-f]*) ended failed invalid-input ;; esac
  check_current
  step fetch
  check_branch || ended failed branch-missing
  clear_said
  mirror_at "$state_folder/mirror.git" 2>"$directory/said" || went_wrong
  drop_branches_in_the_way
  logged progress bounded fetch_branch --progress || went_wrong $?
  tip=$(tip_of_branch) || ended failed branch-missing
  wanted=$tip
  [ -z "$commit" ] || want_commit
  tell_commit
  if [ -z "$commit" ]; then
    case $reason in push | poll) is_wanted || ended unchanged ;; esac
    printf %s "$tip" | replace "$state_folder/considered"
  fi
  step release
  make_release
  if [ -n "$command" ]; then
    step command
    printf '%s\n' "$command" >"$directory/command"
    logged all in_release || {
      status=$?
      ended failed command-failed status "$status"
    }
  fi
  step switch
  switch_to "$fresh"
  [ -n "$commit" ] || printf %s "$tip" | replace "$state_folder/deployed"
  step clean
  clean_up
}

# A commit that a person named: one of the branch, or one that the host still gives out.
want_commit() {
  regime -C "$mirror" cat-file -e "$commit^{commit}" 2>/dev/null ||
    logged progress bounded regime -C "$mirror" fetch --no-tags -- "$url" "$commit" || went_wrong $?
  wanted=$(regime -C "$mirror" rev-parse --verify --quiet "$commit^{commit}") || ended failed not-found what commit
}

# A push or a poll deploys what it has not looked at yet, and of that only what the watch paths name.
is_wanted() {
  [ "$tip" != "$(cat "$state_folder/considered" 2>/dev/null)" ] || return 1
  deployed=$(cat "$state_folder/deployed" 2>/dev/null)
  if [ -n "$watch" ] && [ -n "$deployed" ] && regime -C "$mirror" cat-file -e "$deployed^{commit}" 2>/dev/null; then
    touches "$deployed" "$tip" || {
      printf %s "$tip" | replace "$state_folder/considered"
      ended unchanged paths
    }
  fi
}

# Author and subject of a commit may be as long as whoever made it likes. Git's `show` would also work out its changes,
# for which a few small trees can make it take all memory there is; `rev-list` does not.
tell_commit() { event C "$wanted" "$(commit_says %an)" "$(commit_says %s)"; }

# commit_says <format>: one field of the wanted commit, below the line with its name.
commit_says() {
  plain "$(regime -C "$mirror" rev-list --max-count=1 "--format=$1" "$wanted" 2>/dev/null </dev/null | sed 1d | head -c 1000)"
}

step() {
  phase=$1
  event P "$(now)" "$phase"
}

# No line of the stream is longer than what reads it takes.
event() {
  line=$1
  shift
  for part in "$@"; do line=$line$tab$(printf %.7600s "$part"); done
  printf '%s\n' "$line" >>"$stream"
}

# What other windows of this server's apps follow.
note() { printf '%s\t%s\t%s\t%s\n' "$(now)" "$key" "$id" "$1" >>"$base/journal"; }

# went_wrong [<status>]: ends the deploy with what git said last, or because it took longer than it may. Then the ssh that
# git had started may still wait for the host; nothing that is to go on has been started before the command runs.
went_wrong() {
  [ "${1:-}" = 124 ] || ended failed clone-refused said "$(last_said)"
  trap '' TERM
  kill -s TERM -- "-$$" 2>/dev/null
  ended failed timed-out host "$(plain "$(host_of "$url")")"
}

# The name of the host in `ssh://user@host:port/path`.
host_of() {
  host=${1#*://}
  host=${host%%/*}
  printf %s "${host##*@}"
}

# The last lines of the last program, from the file; from $said where a full disk holds no file.
last_said() {
  last_lines=$(tail -c 8000 -- "$directory/said" 2>/dev/null | tail -n 15 | tr '\r' '\n' | tail -n 15)
  plain "${last_lines:-${said:-}}"
}

# What nothing needs once a deploy has ended. Its reserve makes room for the last words.
drop_inputs() {
  rm -f -- "$directory/reserve" "$directory/request" "$directory/command" "$directory/redactions" "$directory/pieces" \
    "$directory/said" "$directory/output" "$directory/last"
}

# The variables of deploys that were killed, and what else only they needed. One that waits or runs keeps its own.
drop_abandoned() {
  owns_state || return 0
  (
    flock 7
    queued=$(cat "$state_folder/queued" 2>/dev/null)
    for entry in $(ls -1 -- "$state_folder/deploys" 2>/dev/null); do
      directory=$state_folder/deploys/$entry
      [ ! -e "$directory/request" ] || [ "$entry" = "$id" ] || [ "$entry" = "$queued" ] || lives "$entry" || drop_inputs
    done
  ) 7>>"$state_folder/queue"
}

# A hundred deploys are remembered, and a hundred more that found nothing new: whoever repeats a call can't push others out.
forget_old_deploys() {
  [ "$outcome${1:-}" != unchanged ] || : >"$directory/nothing-new"
  others=0 nothing_new=0
  for entry in $(ls -1 -- "$state_folder/deploys" 2>/dev/null | sort -r); do
    if [ -e "$state_folder/deploys/$entry/nothing-new" ]; then
      nothing_new=$((nothing_new + 1))
      [ "$nothing_new" -gt 100 ] || continue
    else
      others=$((others + 1))
      [ "$others" -gt 100 ] || continue
    fi
    rm -rf -- "$state_folder/deploys/$entry"
  done
}

# Leaves in $outcome what a cancelled deploy came to: where the link had moved already, it has gone live.
judge_cancelled() {
  outcome=cancelled
  [ -n "$switching" ] && [ "$(current_release)" = "$switching" ] || return 0
  tell_switch "$switching"
  outcome=succeeded
}

# ended <state> [<code> [<fact> <value>]...]: its last words, and nothing left behind but them. What was cancelled after the
# link had moved has gone live, and that is what is said.
ended() {
  trap '' TERM HUP INT
  outcome=$1
  shift
  drop_inputs
  [ "$outcome" != cancelled ] || judge_cancelled
  [ "$outcome" = succeeded ] || drop_release
  rm -f -- "$directory/pid"
  event E "$(now)" "$outcome" "$@"
  forget_old_deploys "$@"
  (
    flock 7
    [ "$(cat "$state_folder/queued" 2>/dev/null)" != "$id" ] || rm -f -- "$state_folder/queued"
  ) 7>>"$state_folder/queue"
  note "$outcome"
  exit 0
}
