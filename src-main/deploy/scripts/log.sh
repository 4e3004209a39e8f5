# What programs of a deploy say, on its way into the log. It is bounded while it comes: of a long line the beginning is
# kept, of a long log the beginning and the end, and K tells how many bytes were left out.

# What an earlier program said is not told of a later one.
clear_said() {
  said=
  rm -f -- "$directory/said"
}

# logged <all|progress> <program>...: runs it; its output goes to the log as it comes, its last lines to $said and, for who
# runs it in a subshell, to the file of that name. What it leaves running may keep writing: from the program's end on
# nobody reads that, and it fills no disk.
logged() {
  which=$1
  shift
  clear_said
  mark=$(random)$(random)
  rm -f -- "$directory/output" "$directory/last"
  mkfifo -- "$directory/output" "$directory/last" 2>/dev/null || ended failed disk-full path "$(plain "$folder")"
  # Each end is opened while the other is held, and only the program that needs it holds it: whichever program of these
  # is killed, what waits for it reads the end of the pipe.
  exec 3<>"$directory/output" 5<>"$directory/last"
  exec 6>"$directory/output" 4<"$directory/last"
  {
    exec 6>&- 4<&-
    stdbuf -oL tr '\r\000' '\n ' <&3 5>&- | stdbuf -oL fold -b -w "$piece" 3<&- 5>&- | gather 3<&- 5>&- |
      stdbuf -oL sed -f "$directory/redactions" 3<&- 5>&- | keep 3<&- &
    exec 5>&-
    wait
    exec cat <&3
  } 3<"$directory/output" >/dev/null 2>&1 8>&- 9>&- &
  exec 3>&- 5>&-
  "$@" </dev/null >&6 2>&1 4<&- 6>&- 8>&- 9>&- &
  child=$!
  wait "$child"
  status=$?
  # Whatever the program wrote stands before this in the pipe. Where nobody reads it any more, only a subshell ends.
  (printf '\n%s\n' "$mark" >&6) 2>/dev/null
  exec 6>&-
  said=$(cat <&4)
  exec 4<&-
  printf '%s\n' "$said" 2>/dev/null >"$directory/said"
  rm -f -- "$directory/output" "$directory/last"
  return "$status"
}

# Bytes of one piece of a line between these programs: a number that lines seldom have. Bytes of a line that are kept.
piece=4093
line_bytes=8192

# Of git's progress every tenth part is enough.
skipped() { if [ "$which" = progress ]; then printf '[1-9]%% [(]'; else printf '^$a'; fi; }

# mawk waits for a full buffer where it is not told that its output is followed. Paths and secrets come by its environment: its
# arguments can be read by every user of the server, and what is given with -v loses its backslashes.
live_awk() {
  case $(awk -W version </dev/null 2>&1) in
  mawk*) awk -W interactive "$@" ;;
  *) awk "$@" ;;
  esac
}

# Puts pieces together to lines, and no more of one than may have to be searched for secrets: what goes on is K with the
# bytes that were dropped of the next line and those at its end in which half a secret may stand, and T with its text. Ends at the mark, and at the blank line before it.
gather() {
  PILOT_MARK=$mark PILOT_REDACTIONS=$directory/redactions
  export PILOT_MARK PILOT_REDACTIONS
  live_awk -v piece="$piece" -v most="$line_bytes" -v skipped="$(skipped)" '
    function pass() {
      inside = 0
      if (line == "" && !dropped) { blank++; return }
      for (; blank > 0; blank--) printf "%s", "T\n"
      if (line !~ skipped) printf "%s", (dropped ? "K" dropped " " longest + 0 "\n" : "") "T" line "\n"
      fflush()
    }
    BEGIN {
      mark = ENVIRON["PILOT_MARK"] ""
      redactions = ENVIRON["PILOT_REDACTIONS"]
      while ((getline text < redactions) > 0) if (length(text) > longest) longest = length(text)
      most += longest
    }
    $0 "" == mark { if (inside) pass(); blank--; exit }
    {
      if (!inside) { line = ""; dropped = 0 }
      room = most - length(line)
      if (length($0) <= room) line = line $0
      else { line = line substr($0, 1, room); dropped += length($0) - room }
      inside = length($0) == piece
      if (!inside) pass()
    }
    END { for (; blank > 0; blank--) printf "%s", "T\n" }'
}

# Values that are too long for patterns are found by their pieces, which are the 12 bytes from each 12th of a line on, and
# their shorter lines whole.
pieces_of_long() {
  lines_of_long | grep -a -x '.\{6,11\}'
  lines_of_long | grep -a '.\{12\}' | fold -b -w 12 | grep -a '.\{12\}'
}

lines_of_long() {
  IFS=$newline
  for entry in $variables; do
    case $newline$long in *"$newline${entry%%=*}$newline"*) ;; *) continue ;; esac
    decode "${entry#*=}"
    printf '%s\n' "$decoded"
  done | tr '\r' '\n' | sed 's/^[[:space:]]*//;s/[[:space:]]*$//;/^-----/d'
  unset IFS
}

# Writes the log: its beginning at once, its end when it has come. The last lines go to whoever waits for them.
keep() {
  used=$(wc -c <"$stream")
  case $which in
  all) bounds='2097152 10000 1048576 10000' ;;
  *) bounds='262144 1000 65536 200' ;;
  esac
  PILOT_STREAM=$stream PILOT_PIECES=$directory/pieces
  export PILOT_STREAM PILOT_PIECES
  last=$(
    live_awk -v phase="$phase" -v shown="$line_bytes" -v used="$used" -v bounds="$bounds" '
      function write_out(text) { printf "%s", text >> stream; fflush(stream) }
      function cut_of(bytes) { return "K\t" phase "\t" sprintf("%d", bytes) "\n" }
      function holds_long(text, size, at) {
        for (size in sizes_of_long)
          for (at = length(text) - size + 1; at > 0; at--) if (substr(text, at, size) in pieces) return 1
        return 0
      }
      BEGIN {
        stream = ENVIRON["PILOT_STREAM"]
        while ((getline piece < ENVIRON["PILOT_PIECES"]) > 0) pieces[piece] = sizes_of_long[length(piece)] = long = 1
        split(bounds, bound, " ")
        # All programs of a deploy share what a log may have.
        if (bound[1] > 3145728 - used) bound[1] = 3145728 - used
        first = 1
      }
      /^K/ { dropped = substr($1, 2) + 0; doubtful = NF == 2 ? $2 + 0 : length($0) + shown; next }
      {
        text = substr($0, 2)
        sure = length(text) - doubtful
        if (sure > shown) sure = shown
        if (sure < 0) sure = 0
        if (length(text) > sure) { dropped += length(text) - sure; text = substr(text, 1, sure) }
        doubtful = 0
        if (long && holds_long(text)) text = "[secret]"
        said[NR % 15] = text
        entry = "L\t" phase "\t" text "\n" (dropped ? cut_of(dropped) : "")
        size = length(text) + 1 + dropped
        dropped = 0
        if (!full && (bytes += length(entry)) <= bound[1] && ++lines <= bound[2]) { write_out(entry); next }
        full = 1
        end[++newest] = entry
        sizes[newest] = size
        held += length(entry)
        while (held > bound[3] || newest - first >= bound[4]) {
          held -= length(end[first])
          cut += sizes[first]
          delete end[first]
          delete sizes[first++]
        }
      }
      END {
        for (at = NR - 14; at <= NR; at++) if (at > 0 && said[at % 15] != "") print substr(said[at % 15], 1, 500)
        if (cut) write_out(cut_of(cut))
        for (; first <= newest; first++) printf "%s", end[first] >> stream
      }' 2>&1
  ) || last="$last
No space left on device"
  printf '%s\n' "$last" >&5
}
