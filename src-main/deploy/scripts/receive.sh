# One call of a webhook, made by the receiver after its own check of the signature. What is printed is the answer, so
# it has to come at once; the deploy goes on by itself. $1 is the number of the hook.
receive() {
  hook=$1
  named "$hook" hook
  place_of_hook=$base/hooks/$hook
  [ -e "$place_of_hook/settings" ] || answer failed
  take <"$place_of_hook/settings"
  event_name=$(plain "${PILOT_EVENT:-}")
  delivery=$(plain "${PILOT_DELIVERY:-}" | head -c 100)
  size=$(wc -c <"$PILOT_BODY") || answer failed
  [ "$size" -le 26214400 ] || answer too-large
  [ "$kind" != standard-webhooks ] || signed || answer bad-signature
  exec 7>>"$place_of_hook/lock"
  flock -w 5 7 || answer failed
  if [ -n "$events" ] && [ "$event_name" != "$events" ]; then answer ignored-event; fi
  # A body that was taken once is not taken again, whatever stands around it.
  mark=$(sha256sum <"$PILOT_BODY" | head -c 64)
  if grep -qxF -e "body $mark" -e "delivery ${delivery:-none}" -- "$place_of_hook/seen" 2>/dev/null; then answer replayed; fi
  printf 'body %s\n' "$mark" >>"$place_of_hook/seen"
  [ -z "$delivery" ] || printf 'delivery %s\n' "$delivery" >>"$place_of_hook/seen"
  if [ "$(wc -l <"$place_of_hook/seen")" -gt 2000 ]; then
    tail -n 1000 -- "$place_of_hook/seen" | replace "$place_of_hook/seen"
  fi
  if [ -n "$repository" ] && [ "${PILOT_REPOSITORY:-}" != "$repository" ]; then answer other-repository; fi
  place
  load || answer failed
  on_branch || answer ignored-branch
  wish='reason push'
  token=$(random)
  told=$(enqueue && printf 'id %s' "$id")
  case $told in 'id '*) ;; *) answer failed ;; esac
  id=${told#id }
  answer deployed
}

# Some providers name one branch, some several.
on_branch() {
  wanted_ref=refs/heads/$branch
  for number in 0 1 2 3 4; do
    case $number in
    0) ref=${PILOT_REF_0:-} ;;
    1) ref=${PILOT_REF_1:-} ;;
    2) ref=${PILOT_REF_2:-} ;;
    3) ref=${PILOT_REF_3:-} ;;
    4) ref=${PILOT_REF_4:-} ;;
    esac
    [ "$ref" != "$wanted_ref" ] && [ "$ref" != "$branch" ] || return 0
  done
  return 1
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

# answer <outcome>: to the caller, and into the log that the desktop reads.
answer() {
  printf '%s\n' "$1"
  printf '%s\t%s\t%s\t%s\t%s\n' "$(now)" "$delivery" "$event_name" "$1" "$id" >>"$place_of_hook/log"
  if [ "$(wc -l <"$place_of_hook/log")" -gt 1000 ]; then tail -n 500 -- "$place_of_hook/log" | replace "$place_of_hook/log"; fi
  exit 0
}
