"""The edge of one public address: what arrives at its published ports goes on to that address, in the fabric."""

import os
import pathlib
import signal
import subprocess

ADDRESS_FILE = pathlib.Path("/run/slipway-public-address")


def serve(public_address, ports):
    listed = ", ".join(str(port) for port in ports)
    # Masqueraded, so that answers come back this way.
    rules = f"""
    table ip slipway {{
      chain arriving {{ type nat hook prerouting priority dstnat
        tcp dport {{ {listed} }} dnat to {public_address}
      }}
      chain leaving {{ type nat hook postrouting priority srcnat
        ip daddr {public_address} masquerade
      }}
    }}
    """
    subprocess.run(["nft", "-f", "-"], input=rules, text=True, check=True)
    # Without a fabric behind it a connection is refused at once and does not wait for a time-out.
    subprocess.run(["ip", "route", "replace", "unreachable", f"{public_address}/32"], check=True)
    ADDRESS_FILE.write_text(public_address, encoding="ascii")
    # Process 1 ignores what it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    while True:
        signal.pause()


def route(via):
    public_address = ADDRESS_FILE.read_text(encoding="ascii")
    subprocess.run(["ip", "route", "flush", "exact", f"{public_address}/32"], check=True)
    subprocess.run(["ip", "route", "replace", f"{public_address}/32", "via", via], check=True)
