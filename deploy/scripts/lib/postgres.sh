# shellcheck shell=bash
# A private PostgreSQL: its own data, port and password, on loopback only, started by us and ended by us.
# All here works on $state.

postgres_folder() { printf '%s' "$state/servers/postgres"; }

# PostgreSQL refuses to run as root, so root hands over to the account of the package.
as_postgres() {
  if ((EUID == 0)); then
    # From a folder that account can be in: it would complain about ours.
    (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@")
  else
    "$@"
  fi
}

postgres_initialise() {
  local folder bin
  folder=$(postgres_folder)
  bin=$(postgres_bin)
  mkdir -p "$folder"
  if ((EUID == 0)); then
    chmod 711 "$state/servers"
    chown postgres "$folder"
  fi
  as_postgres test -x "$folder" || fail "$EX_UNAVAILABLE" \
    "The account postgres, which runs PostgreSQL because root must not, cannot get into $folder." \
    "Choose a state folder below one that everybody may walk through (chmod 711)."

  secret POSTGRES_PASSWORD >"$folder/password"
  ((EUID != 0)) || chown postgres "$folder/password"
  # Into a folder aside: a half-made cluster must not be taken for a whole one next time.
  rm -rf "$folder/new"
  # Checksums, because a page that rots on disk must be an error and not a fact.
  as_postgres "$bin/initdb" -D "$folder/new" -U postgres --pwfile="$folder/password" --auth=scram-sha-256 \
    --data-checksums --encoding=UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 ||
    fail "$EX_UNAVAILABLE" "initdb failed:" "$(cat "$folder/initdb.log")"
  rm -f "$folder/password"
  cat >>"$folder/new/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $(port POSTGRES)
unix_socket_directories = ''    # its path may be too long below a deep state folder; TCP does
max_connections = 300           # five services with pools, their relays, and the tests' own databases
shared_buffers = 128MB
log_line_prefix = '%m [%p] %u@%d '
CONF
  mv "$folder/new" "$folder/data"
}

# It may run without our record: a start that was interrupted had no time to write it. Its own record is in its data,
# and it works in that folder, which tells it from a stranger with its number.
postgres_alive() {
  local pid data
  data=$(postgres_folder)/data
  if ! alive "$state/pids/postgres" && [[ -f $data/postmaster.pid ]]; then
    pid=$(head -n 1 "$data/postmaster.pid")
    [[ $(readlink "/proc/$pid/cwd") != "$data" ]] || record_process "$state/pids/postgres" "$pid" || true
  fi
  alive "$state/pids/postgres"
}

postgres_start() {
  local folder bin version
  folder=$(postgres_folder)
  ! postgres_alive || return 0
  [[ -d $folder/data ]] || postgres_initialise
  version=$(cat "$folder/data/PG_VERSION")
  bin=$(postgres_bin "$version") || fail "$EX_UNAVAILABLE" "The data in $folder need PostgreSQL $version, which is not installed."
  ! listening "$(port POSTGRES)" || fail "$EX_TEMPFAIL" \
    "Port $(port POSTGRES), where this PostgreSQL was before, is taken by another program."
  as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 120 -s start </dev/null >/dev/null 2>&1 ||
    fail "$EX_UNAVAILABLE" "PostgreSQL does not start:" "$(tail -n 20 "$folder/server.log")"
  record_process "$state/pids/postgres" "$(head -n 1 "$folder/data/postmaster.pid")"
}

postgres_stop() {
  local pid
  # INT is its "fast" stop: it ends sessions, writes its checkpoint, and goes. TERM would wait for every client.
  postgres_alive || return 0
  pid=$(pid_of "$state/pids/postgres") && kill -INT "$pid"
  until_true 60 gone "$state/pids/postgres" || postgres_kill
  rm -f "$state/pids/postgres"
}

postgres_kill() {
  local pid children
  postgres_alive || return 0
  pid=$(pid_of "$state/pids/postgres")
  # Its children lead process groups of their own. Stop it first, so that no child is born between list and blow.
  kill -STOP "$pid"
  children=$(children_of "$pid")
  # shellcheck disable=SC2086 # One word for each pid.
  kill -KILL $children "$pid" 2>/dev/null || true
  # The next one refuses to start while any of them still holds the shared memory.
  for pid in $pid $children; do
    until_true 10 ended "$pid" || fail "$EX_TEMPFAIL" "Process $pid of PostgreSQL does not end."
  done
  # Dead, but where nobody collects the dead the pid goes on existing, and PostgreSQL would take it for a rival.
  rm -f "$(postgres_folder)/data/postmaster.pid" "$state/pids/postgres"
}

ended() { ! started_at "$1" >/dev/null; } # ended PID

# The client programs, wherever the server runs. Input and output are pipes, since the server may be in a container.
postgres_tool() { # postgres_tool psql|pg_dump|pg_restore|... ARGUMENTS...
  local tool=$1
  shift
  if [[ $(footing) == containers ]]; then
    PGPASSWORD=$(secret POSTGRES_PASSWORD) compose exec -T -e PGPASSWORD postgres "$tool" -h 127.0.0.1 -U postgres "$@"
  else
    PGPASSWORD=$(secret POSTGRES_PASSWORD) PGCONNECT_TIMEOUT=10 \
      "$(postgres_bin)/$tool" -h 127.0.0.1 -p "$(port POSTGRES)" -U postgres "$@"
  fi
}

run_sql() { postgres_tool psql --no-psqlrc -qAtX -v ON_ERROR_STOP=1 -d "$1"; } # run_sql DATABASE <SQL
