# shellcheck shell=bash
# A private RabbitMQ: one node with its own name server (epmd), cookie, ports and password, on loopback only.
# All here works on $state.

readonly BROKER_USER=platform BROKER_HOST=platform

broker_folder() { printf '%s' "$state/servers/broker"; }

broker_configure() {
  local folder
  folder=$(broker_folder)
  mkdir -p "$folder"/{home,data,log}
  # The cookie lets one node command another; RabbitMQ insists on it being private.
  if [[ ! -f $folder/home/.erlang.cookie ]]; then
    secret BROKER_COOKIE >"$folder/home/.erlang.cookie"
    chmod 400 "$folder/home/.erlang.cookie"
  fi
  printf '[rabbitmq_management].\n' >"$folder/enabled_plugins"
  cat >"$folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$(port BROKER)
management.tcp.ip = 127.0.0.1
management.tcp.port = $(port BROKER_MANAGEMENT)
default_user = $BROKER_USER
default_pass = $(secret BROKER_PASSWORD)
default_vhost = $BROKER_HOST
# Fresh numbers for whoever waits until a queue is empty; the default is 5 s.
collect_statistics_interval = 1000
disk_free_limit.absolute = 256MB
# The log of the quorum queues is kept in memory too; the default of 512 MB is for bigger machines.
raft.wal_max_size_bytes = 67108864
CONF
  # The name holds no port, since the data folder bears the node's name.
  cat >"$folder/broker.env" <<ENV
HOME=$folder/home
ERL_EPMD_ADDRESS=127.0.0.1
ERL_EPMD_PORT=$(port BROKER_NAMES)
RABBITMQ_NODENAME=platform@localhost
RABBITMQ_MNESIA_BASE=$folder/data
RABBITMQ_LOG_BASE=$folder/log
RABBITMQ_LOGS=$folder/log/broker.log
RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf
RABBITMQ_ADVANCED_CONFIG_FILE=$folder/none.config
RABBITMQ_CONF_ENV_FILE=$folder/none.env
RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins
RABBITMQ_SCHEMA_DIR=$folder/schema
RABBITMQ_GENERATED_CONFIG_DIR=$folder/generated
RABBITMQ_PID_FILE=$folder/node.pid
RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
RABBITMQ_NODE_PORT=$(port BROKER)
RABBITMQ_DIST_PORT=$(port BROKER_NODES)
RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false
RABBITMQ_CTL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false
ENV
}

broker_start() {
  local folder log
  folder=$(broker_folder)
  log=$folder/log/console.log
  ! alive "$state/pids/broker" || return 0
  broker_configure
  ! listening "$(port BROKER)" || fail "$EX_TEMPFAIL" \
    "Port $(port BROKER), where this RabbitMQ was before, is taken by another program."
  # Left to itself Erlang starts a name server that serves every node of the machine and stays behind. Ours goes with us.
  if ! alive "$state/pids/broker-names"; then
    launch "$state/pids/broker-names" "$folder/log/names.log" "$folder" "$folder/broker.env" -- \
      epmd -address 127.0.0.1 -port "$(port BROKER_NAMES)"
    until_true 10 listening "$(port BROKER_NAMES)" || fail "$EX_UNAVAILABLE" "epmd does not start:" "$(tail "$folder/log/names.log")"
  fi
  launch "$state/pids/broker" "$log" "$folder" "$folder/broker.env" -- "$RABBITMQ_SERVER"
  until_true 120 broker_ready_or_gone
  alive "$state/pids/broker" || fail "$EX_UNAVAILABLE" "RabbitMQ does not start:" "$(tail -n 20 "$log")"
  broker_ready || fail "$EX_UNAVAILABLE" "RabbitMQ is not ready after 120 s; see $folder/log"
}

# It opens the port for clients last, after its queues and plugins are up.
broker_ready() { listening "$(port BROKER)" && answers "http://127.0.0.1:$(port BROKER_MANAGEMENT)/api/overview"; }
broker_ready_or_gone() { gone "$state/pids/broker" || broker_ready; }

broker_stop() {
  stop_process "$state/pids/broker" 60
  stop_process "$state/pids/broker-names" 5
}

broker_kill() {
  kill_process "$state/pids/broker" # The name server stays: it forgets the node when its connection ends.
  # What leads the group is a shell; the node beside it may still be giving its memory back.
  until_true 10 closed "$(port BROKER)"
}

broker_empty() { rm -rf "$(broker_folder)/data"; } # Only while it is stopped.
