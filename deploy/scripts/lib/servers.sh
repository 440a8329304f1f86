# shellcheck shell=bash
# The programs of others that the platform and its tests stand on: are they there, and if not, may we install them?

readonly RABBITMQ_SERVER=/usr/lib/rabbitmq/bin/rabbitmq-server # Not the one in sbin: that changes the account.

# Debian keeps the server's programs out of the PATH, one folder for each version.
postgres_bin() { # postgres_bin [VERSION]; the newest, or the one whose data it has to read
  local folder
  # shellcheck disable=SC2086 # The star must be expanded.
  folder=$(printf '%s\n' /usr/lib/postgresql/${1:-*}/bin/initdb | sort -V | tail -n 1)
  if [[ -x $folder ]]; then
    dirname "$folder"
  elif folder=$(command -v initdb) && [[ $("$folder" --version) == *" ${1:-}"* ]]; then # Other systems have them in the PATH.
    dirname "$(readlink -f "$folder")"
  else
    return 1
  fi
}

chromium_path() {
  local name
  if [[ -x ${CHROMIUM:-} ]]; then printf '%s' "$CHROMIUM" && return; fi
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name"; then return; fi
  done
  return 1
}

# Containers where an engine answers. Asking costs a moment and may hang on a half-dead engine, so ask once and briefly.
containers_answer() {
  if [[ -z ${containers_asked:-} ]]; then
    containers_asked=no
    if command -v docker >/dev/null && timeout 10 docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
      containers_asked=yes
    fi
  fi
  [[ $containers_asked == yes ]]
}

ensure_installed() { # ensure_installed postgres|broker|browser|token|openssl|sqlite...
  local need packages=()
  for need in "$@"; do
    case $need in
      postgres) postgres_bin >/dev/null || packages+=(postgresql) ;;
      broker) [[ -x $RABBITMQ_SERVER ]] || packages+=(rabbitmq-server) ;;
      openssl) command -v openssl >/dev/null || packages+=(openssl) ;;
      sqlite) command -v sqlite3 >/dev/null || packages+=(sqlite3) ;;
      token) # A token in software, and the tool by which any token is reached.
        command -v softhsm2-util >/dev/null || packages+=(softhsm2)
        command -v pkcs11-tool >/dev/null || packages+=(opensc)
        ;;
      browser)
        chromium_path >/dev/null || packages+=(chromium)
        # Without these a picture of an Urdu or Thai post shows boxes. The CJK fonts (56 MB) are left out:
        # tests compare bytes, and the pictures we keep show none.
        [[ -d /usr/share/fonts/truetype/dejavu ]] || packages+=(fonts-dejavu-core)
        [[ -d /usr/share/fonts/truetype/noto ]] || packages+=(fonts-noto-core)
        ;;
    esac
  done
  ((${#packages[@]} == 0)) || install_packages "${packages[@]}"
}

install_packages() { # install_packages NAME...
  local as=() log t0
  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! sudo -n true 2>/dev/null; }; then
    fail "$EX_UNAVAILABLE" "Missing on this machine: $*" \
      "On Debian or Ubuntu install them with:" \
      "  sudo apt-get update && sudo apt-get install --no-install-recommends $*" \
      "Elsewhere: PostgreSQL 15 or newer (initdb, pg_ctl, psql, pg_dump, pgbench in the PATH)," \
      "RabbitMQ 3.10 or newer ($RABBITMQ_SERVER), Chromium (set CHROMIUM to its path), openssl, sqlite3, SoftHSM 2 and OpenSC."
  fi
  ((EUID == 0)) || as=(sudo -n)
  t0=$(now_ms)
  log=$(mktemp)
  say "Installing $*"
  if ! (
    # We bring up private servers of our own; a package must not start one beside them on the usual port.
    if [[ ! -e /usr/sbin/policy-rc.d ]]; then
      trap '"${as[@]}" rm -f /usr/sbin/policy-rc.d' EXIT
      printf '#!/bin/sh\nexit 101\n' | "${as[@]}" tee /usr/sbin/policy-rc.d >/dev/null
      "${as[@]}" chmod 755 /usr/sbin/policy-rc.d
    fi
    "${as[@]}" apt-get -o DPkg::Lock::Timeout=300 update
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
  ) >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail "$EX_UNAVAILABLE" "Could not install $*; the whole record is in $log"
  fi
  rm -f "$log"
  say "Installed $* in $(since "$t0")"
}
