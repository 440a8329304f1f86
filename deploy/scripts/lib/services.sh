# shellcheck shell=bash
# The platform's own processes: their settings, databases and lives. All here works on $state.

# In the order in which they start: who issues tokens first, who shows pages last.
readonly SERVICES=(Registry Drafting Clearance Publishing Oversight Portal)
readonly WITH_DATABASE=(Registry Drafting Clearance Publishing Oversight)
# Only these call others in their own name: Clearance and Publishing read packages, Publishing writes to the noticeboard.
readonly WITH_IDENTITY=(Drafting Clearance Publishing)

proper_name() { # proper_name clearance; as the folders and programs spell it
  local service
  for service in "${SERVICES[@]}"; do
    [[ ${service,,} != "${1,,}" ]] || { printf '%s' "$service" && return; }
  done
  fail "$EX_USAGE" "There is no service '$1'. There are: ${SERVICES[*]}"
}

address() { printf 'http://127.0.0.1:%s' "$(port "${1^^}")"; } # address SERVICE
data_of() { printf '%s/data/%s' "$state" "${1,,}"; }
pidfile_of() { printf '%s/pids/%s' "$state" "${1,,}"; }
log_of() { printf '%s/logs/%s.log' "$state" "${1,,}"; }

running_services() {
  local service
  for service in "${SERVICES[@]}"; do
    ! alive "$(pidfile_of "$service")" || printf '%s\n' "$service"
  done
}

# --- databases -----------------------------------------------------------------------------------

# Two accounts for each service: the migrator owns the tables, the application may only work with their rows. So a
# service that is broken into cannot drop a trigger, a constraint or the ledger. Repeating changes nothing.
make_database() { # make_database SERVICE
  local name=${1,,} migrator app
  migrator=$(secret "${1^^}_MIGRATOR_PASSWORD")
  app=$(secret "${1^^}_APP_PASSWORD")
  # By way of input, not of arguments: those can be read by every account of the machine.
  run_sql postgres <<SQL
SELECT 'CREATE ROLE ' || r || ' LOGIN' FROM (VALUES ('${name}_migrator'), ('${name}_app')) AS t(r)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r)
\gexec
ALTER ROLE ${name}_migrator PASSWORD '$migrator';
ALTER ROLE ${name}_app PASSWORD '$app';
SELECT 'CREATE DATABASE $name OWNER ${name}_migrator' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$name')
\gexec
REVOKE ALL ON DATABASE $name FROM PUBLIC;
GRANT CONNECT ON DATABASE $name TO ${name}_app;
SQL
  run_sql "$name" <<SQL
ALTER SCHEMA public OWNER TO ${name}_migrator;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ${name}_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_migrator IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${name}_app;
ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_migrator IN SCHEMA public GRANT USAGE ON SEQUENCES TO ${name}_app;
SQL
}

connection() { # connection SERVICE app|migrator
  # Five pools of 50 stay below the server's 300.
  printf 'Host=127.0.0.1;Port=%s;Database=%s;Username=%s_%s;Password=%s;Maximum Pool Size=50;Application Name=%s' \
    "$(port POSTGRES)" "${1,,}" "${1,,}" "$2" "$(secret "${1^^}_${2^^}_PASSWORD")" "${1,,}"
}

# --- settings ------------------------------------------------------------------------------------

# One file for a service's life and one more for its --prepare: a running service never holds the migrator's password.
# Whatever stands in settings/all.env and settings/<service>.env is the operator's own and has the last word.
write_settings() { # write_settings SERVICE ENVIRONMENT
  local service=$1 name=${1,,} other own
  mkdir -p "$state/env" "$state/settings" "$(data_of "$service")"
  {
    printf '%s=%s\n' ASPNETCORE_ENVIRONMENT "$2" Data__Folder "$(data_of "$service")"
    for other in "${SERVICES[@]}"; do printf 'Services__%s=%s\n' "$other" "$(address "$other")"; done
    if [[ " ${WITH_DATABASE[*]} " == *" $service "* ]]; then
      printf '%s=%s\n' "${service}__Database" "$(connection "$service" app)" \
        Broker__Url "amqp://$BROKER_USER:$(secret BROKER_PASSWORD)@127.0.0.1:$(port BROKER)/$BROKER_HOST"
    fi
    [[ $2 != Development ]] || local_issuer_settings "$service"
    for own in "$state/settings/all.env" "$state/settings/$name.env"; do [[ ! -f $own ]] || cat "$own"; done
  } >"$state/env/$name.env"
  if [[ " ${WITH_DATABASE[*]} " == *" $service "* ]]; then
    printf '%s=%s\n' "${service}__MigratorDatabase" "$(connection "$service" migrator)" >"$state/env/$name.prepare.env"
  else
    : >"$state/env/$name.prepare.env"
  fi
}

# In Development Registry issues the tokens itself; it refuses to anywhere else.
local_issuer_settings() { # local_issuer_settings SERVICE
  local issuer client number=0
  issuer=$(address Registry)/api/registry/issuer
  printf '%s=%s\n' Identity__Issuers__0__Issuer "$issuer" \
    Identity__Issuers__0__Metadata "$issuer/.well-known/openid-configuration" \
    Identity__Issuers__0__Services true
  if [[ $1 == Registry ]]; then
    printf '%s=%s\n' Registry__LocalIssuer__Enabled true Registry__LocalIssuer__Issuer "$issuer" # The name that the others trust.
    for client in "${WITH_IDENTITY[@]}"; do
      printf 'Registry__LocalIssuer__Clients__%d__%s=%s\n' "$number" Id "service:${client,,}" \
        "$number" Secret "$(secret "${client^^}_CLIENT_SECRET")"
      number=$((number + 1))
    done
  fi
  if [[ " ${WITH_IDENTITY[*]} " == *" $1 "* ]]; then
    printf '%s=%s\n' Identity__Service__TokenEndpoint "$issuer/token" Identity__Service__ClientId "service:${1,,}" \
      Identity__Service__ClientSecret "$(secret "${1^^}_CLIENT_SECRET")"
  fi
}

# --- lives ---------------------------------------------------------------------------------------

program_of() { printf '%s/app/%s/WorkflowPlatform.%s.dll' "$state" "$1" "$1"; } # program_of SERVICE

publish_service() { # publish_service SERVICE CONFIGURATION
  local log=$state/logs/publish-${1,,}.log aside=$state/app/new
  mkdir -p "$state/logs" "$state/app"
  # Aside, so that a build that fails leaves the last one whole.
  rm -rf "$aside"
  # What lands in the repository's bin and obj is nobody's secret.
  (umask 022 && dotnet publish "$root/services/$1/$1.csproj" -c "$2" -o "$aside" -nodeReuse:false) >"$log" 2>&1 </dev/null ||
    fail "$EX_UNAVAILABLE" "$1 does not build:" "$(grep -E 'error|warn' "$log" | sort -u | head -n 20)" "The whole record is in $log"
  rm -rf "${state:?}/app/$1"
  mv "$aside" "$state/app/$1"
}

prepare_service() { # prepare_service SERVICE; schema and broker topology, before anyone relies on them
  local name=${1,,} log=$state/logs/prepare-${1,,}.log
  (
    cd "$state/app/$1" || exit
    with_settings "$state/env/$name.env" "$state/env/$name.prepare.env" -- dotnet "$(program_of "$1")" --prepare
  ) >"$log" 2>&1 </dev/null || fail "$EX_UNAVAILABLE" "$1 cannot be prepared:" "$(tail -n 20 "$log")" "The whole record is in $log"
}

service_start() { # service_start SERVICE [FILE]; FILE holds settings for this one start
  local name=${1,,} files
  files=("$state/env/$name.env" ${2:+"$2"})
  [[ -f ${files[0]} && -f $(program_of "$1") ]] || fail "$EX_USAGE" "$1 is not set up in $state. Run: deploy/scripts/up"
  ! alive "$(pidfile_of "$1")" || return 0
  launch "$(pidfile_of "$1")" "$(log_of "$1")" "$state/app/$1" "${files[@]}" -- \
    dotnet "$(program_of "$1")" --urls "$(address "$1")"
}

service_ready() { [[ $(http_status "$(address "$1")/health/ready") == 200 ]]; }
service_ready_or_gone() { gone "$(pidfile_of "$1")" || service_ready "$1"; }

wait_ready() { # wait_ready SERVICE SECONDS
  until_true "$2" service_ready_or_gone "$1" || true
  alive "$(pidfile_of "$1")" || fail "$EX_UNAVAILABLE" "$1 has ended:" "$(tail -n 20 "$(log_of "$1")")" "The whole record is in $(log_of "$1")"
  service_ready "$1" || fail "$EX_TEMPFAIL" "$1 is not ready after $2 s; see $(address "$1")/health/ready and $(log_of "$1")"
}

service_stop() { stop_process "$(pidfile_of "$1")" 30; }
service_kill() { kill_process "$(pidfile_of "$1")"; }
