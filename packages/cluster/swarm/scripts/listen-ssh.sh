#!/bin/bash
# Makes sshd listen on 22 and on 2222, where port 22 of the masters' public address ends (a load balancer refuses two
# NAT rules to the same port of one machine). cloud-init has written both ports to sshd_config.d; Ubuntu 24.04 listens
# through ssh.socket, whose ports are set here too, Debian runs sshd by itself.
set -euo pipefail

mkdir -p /run/sshd
/usr/sbin/sshd -t

systemctl daemon-reload
if systemctl is-enabled --quiet ssh.socket 2>/dev/null || systemctl is-active --quiet ssh.socket; then
  mkdir -p /etc/systemd/system/ssh.socket.d
  # Both kinds of addresses by name: Ubuntu's socket keeps IPv6 apart, where a mere port number means IPv6 only.
  cat >/etc/systemd/system/ssh.socket.d/slipway.conf <<'END'
[Socket]
BindIPv6Only=ipv6-only
ListenStream=
ListenStream=0.0.0.0:22
ListenStream=[::]:22
ListenStream=0.0.0.0:2222
ListenStream=[::]:2222
END
  systemctl daemon-reload
  # A socket cannot start while its service runs; open sessions go on without the service.
  systemctl stop ssh.service
  systemctl restart ssh.socket
else
  systemctl restart ssh.service
fi

for port in 22 2222; do
  listening=no
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      listening=yes
      break
    fi
    sleep 1
  done
  if [ "$listening" = no ]; then
    echo "sshd does not listen on port $port" >&2
    exit 1
  fi
done
