"""Whether the kernel can balance what Swarm publishes through its routing mesh.

Swarm needs IPVS for it. The kernel is asked by generic netlink for that family, which also makes it load the module where
it has one. Source of numbers and layouts: linux/netlink.h and linux/genetlink.h.
"""

import socket
import struct

NETLINK_GENERIC = 16
GENL_ID_CTRL = 16
CTRL_CMD_GETFAMILY = 3
CTRL_ATTR_FAMILY_NAME = 2
NLM_F_REQUEST = 1
NLMSG_ERROR = 2


def has_ipvs():
    name = b"IPVS\0"
    attribute = struct.pack("=HH", 4 + len(name), CTRL_ATTR_FAMILY_NAME) + name + b"\0" * (-len(name) % 4)
    body = struct.pack("=BBH", CTRL_CMD_GETFAMILY, 1, 0) + attribute
    message = struct.pack("=IHHII", 16 + len(body), GENL_ID_CTRL, NLM_F_REQUEST, 1, 0) + body
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC) as channel:
        channel.settimeout(5)
        channel.send(message)
        _, kind, *_ = struct.unpack_from("=IHHII", channel.recv(4096))
    return kind != NLMSG_ERROR
