# The configuremaster extension, on masters and agents alike. The template puts the interpreter line and the node's
# facts in front: NODE_ROLE, MASTER_COUNT, MASTER_SUBNET, AGENT_SUBNET, ADMIN_USER, AGENT_SECRET, and on masters MASTER_INDEX and MASTER_SECRET.
# The whole script is a protected setting: it is encrypted on its way and run from a file that only root can read, so
# the secrets stand on no command line. Running it again changes nothing that is right already.
set -euo pipefail
umask 077

: "${NODE_ROLE:?}" "${MASTER_COUNT:?}" "${MASTER_SUBNET:?}" "${AGENT_SUBNET:?}" "${ADMIN_USER:?}" "${AGENT_SECRET:?}"

log=/var/log/slipway/configure.log
mkdir -p /etc/slipway /var/log/slipway

fail() {
  {
    echo "Slipway could not configure this $NODE_ROLE: $1"
    echo "Last lines of ${2:-$log}:"
    tail -n 40 "${2:-$log}" 2>/dev/null || echo "(no such file)"
  } >&2
  exit 1
}

# Written whole and then renamed, so that no reader ever sees half a file.
write_fact() {
  printf '%s\n' "$2" >"/etc/slipway/.$1.new"
  mv "/etc/slipway/.$1.new" "/etc/slipway/$1"
}

write_fact role "$NODE_ROLE"
write_fact master-count "$MASTER_COUNT"
write_fact master-subnet "$MASTER_SUBNET"
write_fact agent-subnet "$AGENT_SUBNET"
write_fact admin-user "$ADMIN_USER"
write_fact agent-secret "$AGENT_SECRET"
if [ "$NODE_ROLE" = master ]; then
  : "${MASTER_INDEX:?}" "${MASTER_SECRET:?}"
  write_fact master-index "$MASTER_INDEX"
  write_fact master-secret "$MASTER_SECRET"
fi

echo "$(date -u +%FT%TZ) waiting for cloud-init" >>"$log"
cloud_init=0
timeout 1200 cloud-init status --wait >>"$log" 2>&1 || cloud_init=$?
case "$cloud_init" in
  0 | 2) ;; # 2: done, with warnings that it recovered from
  124) fail "cloud-init did not finish within 20 minutes" /var/log/cloud-init-output.log ;;
  *) fail "cloud-init failed" /var/log/cloud-init-output.log ;;
esac
[ -f /opt/slipway/configure_node.py ] || fail "cloud-init left no /opt/slipway/configure_node.py" /var/log/cloud-init.log

usermod -aG docker "$ADMIN_USER" >>"$log" 2>&1 || fail "the user $ADMIN_USER could not be given access to Docker"
# The guard reads the admin user's name: before this moment only root came through.
systemctl reload-or-restart slipway-guard-ports.service >>"$log" 2>&1 || fail "the firewall rules could not be set"

/usr/bin/python3 /opt/slipway/configure_node.py >>"$log" 2>&1 || fail "it did not become a working node of the Swarm"

echo "$(date -u +%FT%TZ) configured" >>"$log"
