# shellcheck shell=bash
# Shared by every script here: words to the user, the state folder, secrets, ports, waiting.
# Linux only: processes are recognised through /proc.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)

# Exit codes after sysexits.h, so that a caller can tell a wrong command from a missing program.
readonly EX_USAGE=64 EX_UNAVAILABLE=69 EX_TEMPFAIL=75 EX_CONFIG=78

say() { printf '%s\n' "$*" >&2; }

fail() { # fail CODE LINE...
  local code=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$code"
}

# The comment at the head of a script is its help: one text, which cannot drift from the code beside it.
usage() {
  sed -n '2,/^$/ s/^# \{0,1\}//p' "$0" >&2
  exit "${1:-$EX_USAGE}"
}

# Everything a running platform keeps lies in one folder: secrets, settings, logs, pids, data.
use_state() { # use_state [FOLDER]; sets $state
  local folder=${1:-$root/deploy/.state}
  umask 077
  if [[ ! -d $folder ]]; then
    mkdir -p "$folder"
    # PostgreSQL refuses to run as root and so runs under another account: it may walk through, not look around.
    ((EUID != 0)) || chmod 711 "$folder"
  fi
  state=$(cd "$folder" && pwd -P) # As the kernel names it: the folder a server works in is compared with it.
}

lower() { printf '%s' "${1,,}"; }

# --- lists of NAME=VALUE -------------------------------------------------------------------------

value_of() { # value_of FILE NAME; nothing when it is not there
  local line
  [[ -f $1 ]] || return 0
  while IFS= read -r line; do
    [[ $line != "$2="* ]] || printf '%s' "${line#*=}"
  done <"$1"
}

put_value() { # put_value FILE NAME VALUE; whole or not at all, whoever is killed meanwhile
  local line
  {
    if [[ -f $1 ]]; then
      while IFS= read -r line; do [[ $line == "$2="* ]] || printf '%s\n' "$line"; done <"$1"
    fi
    printf '%s=%s\n' "$2" "$3"
  } >"$1.new"
  mv "$1.new" "$1"
}

# A secret is made once and stays: the servers keep it in their data, so a second run must say the same.
secret() { # secret NAME
  local value
  value=$(value_of "$state/secrets.env" "$1")
  if [[ -z $value ]]; then
    # Letters and digits only: it must stand in a URL, a connection string and SQL without any quoting.
    value=$(head -c 48 /dev/urandom | base64 -w0 | tr -dc 'A-Za-z0-9')
    value=${value:0:40}
    put_value "$state/secrets.env" "$1" "$value"
  fi
  printf '%s' "$value"
}

# --- ports ---------------------------------------------------------------------------------------

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; } # listening PORT

closed() { ! listening "$1"; }

# A port is chosen once and kept, because a server that was killed has to come back where its clients look for it.
# It lies below the range from which the kernel takes the local end of outgoing connections: a port from that range
# may be in use by some client at the very moment of the restart.
port() { # port NAME
  local file=$state/ports.env value
  value=$(value_of "$file" "$1")
  while [[ -z $value ]]; do
    value=$((20000 + (RANDOM << 15 | RANDOM) % 12000))
    if listening "$value" || { [[ -f $file ]] && grep -q "=$value\$" "$file"; }; then
      value=
    else
      put_value "$file" "$1" "$value"
    fi
  done
  printf '%s' "$value"
}

# --- keys ----------------------------------------------------------------------------------------

# The name that every permit bears of the key which signed it. It follows from the key alone, whatever the file is called.
key_id() { # key_id FILE; of a public key
  local digits
  digits=$(grep -v -e '-----' "$1" | base64 -d | sha256sum)
  printf '%s' "${digits:0:16}"
}

# Not only by its name: a private key in Publishing's hands would let it sign its own permits.
require_public_key() { # require_public_key FILE
  if grep -q 'PRIVATE KEY' "$1" || ! grep -q 'BEGIN PUBLIC KEY' "$1"; then
    fail "$EX_USAGE" "$1 is not a public key alone. Nothing more was copied."
  fi
}

# --- waiting -------------------------------------------------------------------------------------

until_true() { # until_true SECONDS COMMAND...; polls, because a process that starts tells nobody
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

http_status() { # http_status http://HOST:PORT/PATH; 000 when nobody answers. No curl: not every machine has it.
  local rest=${1#http://} code=000
  local authority=${rest%%/*}
  code=$(
    exec 2>/dev/null 3<>"/dev/tcp/${authority%:*}/${authority##*:}" || exit 0
    printf 'GET /%s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n' "${rest#*/}" "$authority" >&3
    IFS=' ' read -r -t 5 -u 3 _ code _ && printf '%s' "$code"
  ) || true
  printf '%s' "${code:-000}"
}

answers() { [[ $(http_status "$1") =~ ^[234] ]]; } # answers URL; a refusal to the unknown is an answer too

now_ms() { printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }

since() { # since MILLISECONDS; as seconds with one digit
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}
