# The key by which this server reads one repository. It is made here and its private half is never sent anywhere.
make_key() {
  take
  settle
  named "$key" key
  file=$base/keys/$key
  if [ ! -e "$file" ]; then
    draft=$file.$$
    rm -f -- "$draft" "$draft.pub"
    ssh-keygen -q -t ed25519 -N '' -C "cloudaipilot $(printf %.8s "$key")" -f "$draft" </dev/null >/dev/null 2>&1 ||
      fail storage-failed path "$file"
    # Whoever links first has made the key; another computer that came second takes that one.
    mv -f -- "$draft.pub" "$file.pub.$$"
    if ln -- "$draft" "$file" 2>/dev/null; then mv -f -- "$file.pub.$$" "$file.pub"; fi
    rm -f -- "$draft" "$file.pub.$$"
  fi
  if [ ! -s "$file.pub" ]; then ssh-keygen -y -f "$file" </dev/null | replace "$file.pub"; fi
  printf %s "$hosts" | replace "$file.hosts" || fail storage-failed path "$file.hosts"
  put public "$(cat "$file.pub")"
  finish
}

remove_key() {
  take
  named "$key" key
  rm -f -- "$base/keys/$key" "$base/keys/$key.pub" "$base/keys/$key.hosts" || fail storage-failed path "$base/keys/$key"
  finish
}

# Puts the public half of the login key where sshd looks for it, once.
authorize() {
  take
  file=$HOME/.ssh/authorized_keys
  mkdir -p -- "$HOME/.ssh" && chmod 700 "$HOME/.ssh" || fail storage-failed path "$HOME/.ssh"
  if ! grep -qxF -- "$public" "$file" 2>/dev/null; then
    # The last line of a file that a person edited may lack its end.
    { [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ] && echo; printf '%s\n' "$public"; } >>"$file" ||
      fail storage-failed path "$file"
  fi
  chmod 600 "$file"
  finish
}

# The last thing that is taken away: afterwards this key no longer logs in.
unauthorize_key() {
  file=$HOME/.ssh/authorized_keys
  [ -e "$file" ] || return 0
  grep -vxF -- "$public" "$file" >"$file.new.$$"
  cat "$file.new.$$" >"$file" || fail storage-failed path "$file"
  rm -f -- "$file.new.$$"
}
