#!/bin/bash
# Starts Docker with the settings that cloud-init has written, also where the image brought a running Docker along.
# Run once by cloud-init, after its packages are installed.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# “docker compose” is a package of Ubuntu's; Debian 12 does not have it.
if apt-cache show docker-compose-v2 >/dev/null 2>&1; then
  apt-get install --yes --no-install-recommends docker-compose-v2
fi

systemctl daemon-reload
systemctl enable slipway-guard-ports.service docker.socket docker.service
systemctl stop docker.service docker.socket
systemctl restart slipway-guard-ports.service
systemctl start docker.socket docker.service
