"""What the extension told this node about itself and its cluster (files in /etc/slipway, readable by root only)."""

import dataclasses
import ipaddress
import os
import subprocess

FOLDER = os.environ.get("SLIPWAY_FACTS", "/etc/slipway")
MASTER_FIRST_ADDRESS = 5


@dataclasses.dataclass(frozen=True)
class NodeFacts:
    role: str
    master_addresses: tuple
    master_index: int
    agent_subnet: ipaddress.IPv4Network

    @property
    def other_masters(self):
        """Addresses of the masters that are not this node, the first master first."""
        own = self.master_addresses[self.master_index] if self.role == "master" else None
        return [address for address in self.master_addresses if address != own]


def read():
    role = _text("role")
    count = int(_text("master-count"))
    master_subnet = ipaddress.ip_network(_text("master-subnet"))
    return NodeFacts(
        role=role,
        master_addresses=tuple(str(master_subnet[MASTER_FIRST_ADDRESS + i]) for i in range(count)),
        master_index=int(_text("master-index")) if role == "master" else -1,
        agent_subnet=ipaddress.ip_network(_text("agent-subnet")),
    )


def read_secret(role):
    """The secret of a role's nodes; agents hold only their own."""
    return _text(f"{role}-secret").encode()


def own_address(facts):
    """This node's address in the virtual network. Raises OSError when the machine does not have it."""
    if facts.role == "master":
        address = facts.master_addresses[facts.master_index]
        if address not in _addresses():
            raise OSError(f"this machine does not have the address {address}")
        return address
    for address in _addresses():
        if ipaddress.ip_address(address) in facts.agent_subnet:
            return address
    raise OSError(f"this machine has no address in {facts.agent_subnet}")


def _addresses():
    listing = subprocess.run(
        ["ip", "-4", "-o", "addr", "show", "scope", "global"], check=True, capture_output=True, text=True
    ).stdout
    return [line.split()[3].split("/")[0] for line in listing.splitlines()]


def _text(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read().strip()
