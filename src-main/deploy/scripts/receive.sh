# One call of a webhook, made by the receiver after its own check of the signature. What is printed is the answer: it is
# given once the wish to deploy is on the disk, and the deploy goes on by itself. Hundreds may come at once, so few
# programs are started here, and a turn is waited for as long as the caller may wait. $1 is the number of the hook.
receive() {
  hook=$1
  named "$hook" hook
  place_of_hook=$base/hooks/$hook
  # Called by a path that begins at the receiver's folder.
  self=$base/bin/${0##*/}
  # What can't be done is an answer like any other.
  fail() { answer failed; }
  [ -e "$place_of_hook/settings" ] || answer failed
  take <"$place_of_hook/settings"
  event_name=${PILOT_EVENT:-} delivery=
  for given in "${PILOT_DELIVERY_0:-}" "${PILOT_DELIVERY_1:-}" "${PILOT_DELIVERY_2:-}" "${PILOT_DELIVERY_3:-}"; do
    delivery=${delivery:-$given}
  done
  # What was delivered is told by its id, which every attempt to deliver it has; where there is none, by the body.
  if [ -n "$delivery" ]; then
    mark=$(printf %s "$delivery" | sha256sum)
    seen=delivery
  else
    mark=$(sha256sum <"$PILOT_BODY")
    seen=body
  fi
  mark=${mark%% *}
  [ -n "$mark" ] || answer failed
  seen="$seen $mark"
  [ "$kind" != standard-webhooks ] || signed || answer bad-signature
  case $event_name$delivery in
  *[!0-9A-Za-z:_\ -]*)
    event_name=$(plain "$event_name")
    delivery=$(plain "$delivery")
    ;;
  esac
  [ "${#delivery}" -le 100 ] || delivery=$(printf %.100s "$delivery")
  exec 6>>"$place_of_hook/lock"
  flock -w 50 6 || answer failed
  if [ -n "$events" ] && [ "$event_name" != "$events" ]; then answer ignored-event; fi
  if grep -qxF -e "$seen" -- "$place_of_hook/seen" 2>/dev/null; then answer replayed; fi
  place
  read_branch || answer failed
  verdict=$(read_push "$PILOT_BODY" "${PILOT_REPOSITORY_AT:-}" "$repository" "$branch") && [ -n "$verdict" ] || answer failed
  [ "$verdict" = deployed ] || taken "$verdict"
  wish='reason push'
  # The same call, sent again because its answer was lost, is the same deploy.
  rest=${mark#????????}
  token=${mark%"$rest"}
  enqueue
  taken deployed
}

# Of the settings of the app in $folder only the branch: to read and decode all of them costs more than the rest.
read_branch() {
  [ -e "$state_folder/settings" ] || return 1
  while IFS=' ' read -r name value; do
    [ "$name" != branch ] || break
  done <"$state_folder/settings"
  [ "$name" = branch ] || return 1
  decode "$value"
  branch=$decoded
}

# Only now it counts as seen: a call that could not be taken may come again.
taken() {
  printf '%s\n' "$seen" >>"$place_of_hook/seen" || answer failed
  answer "$1"
}

# HMAC-SHA-256 (RFC 2104) over `id.timestamp.body`, as Standard Webhooks has it. The two halves of the padded secret are
# files, so that it is in no argument and no environment.
signed() {
  computed=$({ printf '%b' "$inner"; printf '%s.%s.' "$delivery" "${PILOT_TIMESTAMP:-}"; cat -- "$PILOT_BODY"; } |
    sha256sum | head -c 64)
  bytes=
  while [ -n "$computed" ]; do
    rest=${computed#??}
    bytes=$bytes\\0$(printf %o "0x${computed%"$rest"}")
    computed=$rest
  done
  computed=$({ printf '%b' "$outer"; printf '%b' "$bytes"; } | sha256sum | head -c 64)
  for given in ${PILOT_SIGNATURE:-}; do
    case $given in
    v1,*)
      told=$(printf %s "${given#v1,}" | base64 -d 2>/dev/null | od -An -v -tx1 | tr -d ' \n')
      [ "$told" != "$computed" ] || return 0
      ;;
    esac
  done
  return 1
}

# answer <outcome>: into the log that the desktop reads, and to the caller: what failed is an error of the server (500), so
# that the caller knows that it has to come again.
answer() {
  outcome=$1
  printf '%s\t%s\t%s\t%s\t%s\n' "$(now)" "$delivery" "$event_name" "$outcome" "$id" >>"$place_of_hook/log" || outcome=failed
  # The turn is the next one's; the disk writes for several at a time.
  exec 6>&-
  case $outcome in
  failed | bad-signature) ;;
  deployed)
    # The request that joined may not be on the disk yet either. Where the deploy has begun its files are gone.
    sync -- "$state_folder/queued" "$state_folder/deploys/$id" "$state_folder/deploys/$id/request" "$state_folder" \
      "$state_folder/deploys" "$place_of_hook/log" "$place_of_hook/seen" 2>/dev/null ||
      sync -- "$state_folder" "$state_folder/deploys" "$place_of_hook/log" "$place_of_hook/seen" || outcome=failed
    ;;
  *) sync -- "$place_of_hook/log" || outcome=failed ;;
  esac
  printf '%s\n' "$outcome"
  [ "$outcome" != failed ] || exit 1
  exit 0
}

# Old lines of what arrived, out of the way of those that arrive.
trim_hook() {
  (
    flock 6
    [ "$(wc -l <"$1/seen")" -le 2000 ] || tail -n 1000 -- "$1/seen" | replace "$1/seen"
    [ "$(wc -l <"$1/log")" -le 1000 ] || tail -n 500 -- "$1/log" | replace "$1/log"
  ) 6>>"$1/lock"
}

# A shell reads a file as far as it has to. Of hundreds of calls at once none should read all of this one.
[ "${1:-}" != receive ] || receive "$2"
