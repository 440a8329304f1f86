# shellcheck shell=bash
# The same two servers as containers, where an engine answers. Not exercised by the project's own test run.
# All here works on $state.

# Decided at the first start and kept: the data lie either in our folder or in the engine's volumes.
footing() { cat "$state/servers/footing"; }

compose() {
  local settings=$state/servers/compose.env
  if [[ ! -f $settings ]]; then
    printf '%s=%s\n' POSTGRES_PORT "$(port POSTGRES)" POSTGRES_PASSWORD "$(secret POSTGRES_PASSWORD)" \
      BROKER_PORT "$(port BROKER)" BROKER_MANAGEMENT_PORT "$(port BROKER_MANAGEMENT)" \
      BROKER_USER "$BROKER_USER" BROKER_PASSWORD "$(secret BROKER_PASSWORD)" BROKER_HOST "$BROKER_HOST" >"$settings"
  fi
  # One project for each state folder, so that two of them never share a volume.
  docker compose --project-name "workflow-$(printf '%s' "$state" | cksum | cut -d' ' -f1)" \
    --file "$root/deploy/compose.yaml" --env-file "$settings" "$@"
}

container_name() { # container_name postgres|broker
  [[ $1 == broker ]] && printf rabbitmq || printf '%s' "$1"
}
