# shellcheck shell=bash
# What backup and restore share.

readonly MANIFEST=MANIFEST

write_manifest() { # write_manifest FOLDER FOOTING
  (
    cd "$1" || exit
    # In sha256sum's own format, so that a backup can be checked where none of this is at hand.
    printf '# WorkflowPlatform backup, %s, %s\n' "$2" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    find . -type f ! -name "$MANIFEST*" -printf '%P\n' | LC_ALL=C sort | while IFS= read -r file; do sha256sum "./$file"; done
  ) >"$1/$MANIFEST.new"
  mv "$1/$MANIFEST.new" "$1/$MANIFEST"
}

# Before anything is touched: every file that was written is there and as it was written, and none besides.
check_manifest() { # check_manifest FOLDER FOOTING
  [[ -f $1/$MANIFEST ]] || fail "$EX_USAGE" "There is no $MANIFEST in $1: it is no backup, or one that was not finished."
  [[ $(head -n 1 "$1/$MANIFEST") == "# WorkflowPlatform backup, $2, "* ]] ||
    fail "$EX_USAGE" "This is a backup of the other footing: $(head -n 1 "$1/$MANIFEST")"
  (cd "$1" && sha256sum --check --strict --quiet "$MANIFEST" >&2) ||
    fail 1 "The backup in $1 is not as it was written. Nothing was restored."
  local there listed
  there=$(find "$1" -type f ! -name "$MANIFEST" -printf './%P\n' | LC_ALL=C sort)
  listed=$(sed -n 's/^[0-9a-f]\{64\}  //p' "$1/$MANIFEST" | LC_ALL=C sort)
  [[ $there == "$listed" ]] || fail 1 "The backup in $1 holds files that its $MANIFEST does not name. Nothing was restored."
}

sqlite_files() { # sqlite_files FOLDER; told by their first bytes, since a name proves nothing
  local file
  find "$1" -maxdepth 1 -type f -printf '%p\n' | LC_ALL=C sort | while IFS= read -r file; do
    [[ $(head -c 15 "$file" | tr -d '\0') != 'SQLite format 3' ]] || printf '%s\n' "$file"
  done
}

# Whoever holds a file of the folder open. Of other accounts' processes only root can see that.
users_of() { # users_of FOLDER
  find /proc/[0-9]*/fd -lname "$1/*" 2>/dev/null | cut -d/ -f3 | sort -nu || true
}

KEY_FOLDERS=(keys trust)

# Times are kept, because of several keys the newest signs.
pack_keys() { # pack_keys FOLDER ARCHIVE; of FOLDER itself or of the folders in it
  local found=() part
  for part in "${KEY_FOLDERS[@]}"; do
    while IFS= read -r -d '' folder; do found+=("$folder"); done < <(cd "$1" && find . -maxdepth 2 -type d -name "$part" -print0 | sort -z)
  done
  tar --create --file "$2" --directory "$1" --files-from <(((${#found[@]} == 0)) || printf '%s\n' "${found[@]}")
}

unpack_keys() { # unpack_keys ARCHIVE FOLDER
  mkdir -p "$2"
  tar --extract --same-permissions --file "$1" --directory "$2"
}

# Publishing does not know what went out after the backup was made. It finds this when it starts, reads back from the
# channels before it releases anything, and takes the mark away when it is done.
mark_reconcile() { # mark_reconcile FOLDER
  mkdir -p "$1"
  date -u +%Y-%m-%dT%H:%M:%SZ >"$1/reconcile"
}
