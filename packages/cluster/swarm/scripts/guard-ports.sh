#!/bin/bash
# Sets the node's firewall rules, at boot and again when the admin user is known. Safe to run any number of times.
#
# Masters: the Docker API listens on 127.0.0.1:2375 for SSH tunnels. Whoever reaches it reads join tokens, so only
# sockets of root and of the admin user may connect to it; from any other interface nothing can.
# All nodes: a container must not ask Azure's wire server for the extension's protected settings, which hold the
# bootstrap secret. (Addresses: Azure's virtual public IP 168.63.129.16, ports 80 and 32526; DNS, port 53, stays.)
set -euo pipefail

api_port=2375
wire_server=168.63.129.16

allowed_users=(0)
if [ -r /etc/slipway/admin-user ]; then
  admin_user="$(cat /etc/slipway/admin-user)"
  allowed_users+=("$(id -u "$admin_user")")
fi

# --noflush replaces only the chains named here, in one step: there is no moment without the rules.
{
  echo '*filter'
  echo ':SLIPWAY-API - [0:0]'
  for user in "${allowed_users[@]}"; do
    echo "-A SLIPWAY-API -m owner --uid-owner $user -j RETURN"
  done
  echo '-A SLIPWAY-API -p tcp -j REJECT --reject-with tcp-reset'
  echo 'COMMIT'
} | iptables-restore --wait=60 --noflush

ensure() {
  local table="$1" chain="$2"
  shift 2
  iptables --wait 60 -t "$table" -C "$chain" "$@" 2>/dev/null || iptables --wait 60 -t "$table" -I "$chain" 1 "$@"
}

ensure filter OUTPUT -p tcp --dport "$api_port" -o lo -j SLIPWAY-API
ensure filter INPUT -p tcp --dport "$api_port" ! -i lo -j REJECT --reject-with tcp-reset
# What containers send arrives from a bridge and passes here; what the machine itself sends does not.
ensure mangle PREROUTING -d "$wire_server" -p tcp --dport 80 -j DROP
ensure mangle PREROUTING -d "$wire_server" -p tcp --dport 32526 -j DROP
