# shellcheck shell=bash
# Everything the scripts share, in one line for each of them.
lib=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=common.sh
. "$lib/common.sh"
# shellcheck source=processes.sh
. "$lib/processes.sh"
# shellcheck source=servers.sh
. "$lib/servers.sh"
# shellcheck source=containers.sh
. "$lib/containers.sh"
# shellcheck source=postgres.sh
. "$lib/postgres.sh"
# shellcheck source=broker.sh
. "$lib/broker.sh"
# shellcheck source=services.sh
. "$lib/services.sh"
