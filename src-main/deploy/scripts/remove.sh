# Taking away what was left here, and saying what there is.

remnants() {
  settle
  for entry in $(ls -1 -- "$base/apps"); do
    encoded=$(sed -n 's/^folder //p' "$base/apps/$entry")
    decode "$encoded"
    folder=$decoded
    place
    [ -d "$state_folder" ] && put releases "$entry $(du -sk -- "$folder" 2>/dev/null | cut -f 1) $folder"
  done
  for entry in $(ls -1 -- "$base/keys"); do
    case $entry in *.*) ;; *) put deploy-key "$entry - $base/keys/$entry" ;; esac
  done
  for entry in $(ls -1 -- "$base/hooks"); do put hook "$entry - $base/hooks/$entry"; done
  [ ! -e "$base/receiver/settings" ] || put receiver "- - $base/receiver"
  [ ! -e "$HOME/.config/systemd/user/cloudaipilot-poll.timer" ] ||
    put timer "- - $HOME/.config/systemd/user/cloudaipilot-poll.timer"
  put scripts "- $(du -sk -- "$base" | cut -f 1) $base"
  finish
}

# An app: what it runs, its key and its hook; with $clean its releases too. Files of anybody else stay.
remove_app() {
  take
  settle
  named "$key" key
  place
  # In another user's folder the process ids can't be trusted.
  if is_ours && [ -d "$state_folder/deploys" ]; then
    for entry in $(ls -1 -- "$state_folder/deploys"); do
      ! lives "$entry" || end_group "$(cat "$state_folder/deploys/$entry/pid")" "$state_folder/deploys/$entry/alive"
    done
  fi
  [ -z "$hook" ] || { named "$hook" hook && rm -rf -- "$base/hooks/$hook"; }
  rm -f -- "$base/keys/$key" "$base/keys/$key.pub" "$base/keys/$key.hosts" "$base/apps/$key"
  # What the settings hold is of no more use, and some of it is secret.
  [ -L "$state_folder" ] || rm -f -- "$state_folder/settings"
  if [ "$clean" = 1 ] && [ -d "$state_folder" ]; then
    [ ! -L "$folder/current" ] || rm -f -- "$folder/current"
    rm -rf -- "$folder/releases" "$state_folder"
    rmdir -- "$folder" 2>/dev/null
    if [ -e "$state_folder" ] || [ -e "$folder/releases" ]; then fail storage-failed path "$folder"; fi
    [ ! -e "$folder" ] || put left "$folder"
  fi
  if [ -e "$base/keys/$key" ] || [ -e "$state_folder/settings" ]; then fail storage-failed path "$base"; fi
  finish
}

# Everything outside the apps' folders, and at last what lets this login in.
remove_all() {
  take
  receiver_stop
  [ -z "$public" ] || unauthorize_key
  rm -rf -- "$base"
  [ ! -e "$base" ] || fail storage-failed path "$base"
  finish
}
