# shellcheck shell=bash
# Processes that outlive the script that started them. Each leads a session of its own, so that a signal to its group
# reaches it and its children and nobody else.

# Field 22 of stat(5): when the process started, in clock ticks since boot. The name before it may hold blanks and
# parentheses, so count from the last one.
started_at() { # started_at PID
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} != Z ]] || return 1 # Dead, only not collected yet.
  printf '%s' "${fields[19]}"
}

children_of() { # children_of PID; not every machine has pgrep
  local file line fields
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    read -ra fields <<<"${line##*) }"
    [[ ${fields[1]} != "$1" ]] || printf '%s\n' "${line%% *}"
  done
}

# A bare pid may have gone to a stranger by the time we stop it; pid, start time and boot together name one process for ever.
record_process() { # record_process PIDFILE PID
  local start
  start=$(started_at "$2") || return 1
  mkdir -p "$(dirname "$1")"
  printf '%s %s %s\n' "$2" "$start" "$(cat /proc/sys/kernel/random/boot_id)" >"$1"
}

pid_of() { # pid_of PIDFILE; fails unless that very process is alive
  local pid start boot
  [[ -f $1 ]] && read -r pid start boot <"$1" || return 1
  [[ $boot == "$(cat /proc/sys/kernel/random/boot_id)" && $start == "$(started_at "$pid")" ]] || return 1
  printf '%s' "$pid"
}

alive() { pid_of "$1" >/dev/null; } # alive PIDFILE
gone() { ! alive "$1"; }

signal() { # signal PIDFILE SIGNAL; to the whole group
  local pid
  pid=$(pid_of "$1") || return 0
  kill "-$2" -- "-$pid" 2>/dev/null || true
}

stop_process() { # stop_process PIDFILE SECONDS; asks first
  signal "$1" TERM
  until_true "$2" gone "$1" || kill_process "$1"
  rm -f "$1"
}

kill_process() { # kill_process PIDFILE; what a power cut does
  signal "$1" KILL
  until_true 10 gone "$1" || fail "$EX_TEMPFAIL" "The process of $1 does not end."
  rm -f "$1"
}

# Runs a command with nothing of the caller's environment but what a program needs to live, and with the settings in
# the files: a stray variable of a shell must not become a setting, and a password must not stand in a command line.
with_settings() { # with_settings FILE... -- COMMAND...; replaces the (sub)shell
  local name line
  for name in $(compgen -e); do
    case $name in
      PATH | HOME | USER | LANG | LC_* | TZ | TMPDIR | DOTNET_* | SSL_CERT_*) ;;
      *) unset "$name" 2>/dev/null || true ;;
    esac
  done
  while [[ $1 != -- ]]; do
    while IFS= read -r line || [[ -n $line ]]; do
      [[ $line != [A-Za-z_]*=* ]] || export "${line?}"
    done <"$1"
    shift
  done
  shift
  exec "$@"
}

launch() { # launch PIDFILE LOG FOLDER FILE... -- COMMAND...
  local pidfile=$1 log=$2 folder=$3 settings=()
  shift 3
  while [[ $1 != -- ]]; do
    settings+=("$1")
    shift
  done
  shift
  mkdir -p "$(dirname "$log")"
  (
    cd "$folder" || exit
    with_settings "${settings[@]}" -- setsid "$@"
  ) >>"$log" 2>&1 </dev/null &
  record_process "$pidfile" $! || fail "$EX_TEMPFAIL" "It ended at once; its last words are in $log"
  disown
}
