"""The Docker Engine API over its unix socket.

Join tokens travel through here and not through the docker command, whose arguments everybody on the machine can read
in the process list.
"""

import http.client
import json
import socket

SOCKET_PATH = "/run/docker.sock"


class EngineError(Exception):
    """The engine refused a request; carries its status and its own message."""

    def __init__(self, status, message):
        super().__init__(f"Docker answered {status}: {message}")
        self.status = status


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout_seconds):
        super().__init__("localhost", timeout=timeout_seconds)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Engine:
    """One Docker engine. Every method raises OSError when it cannot be reached and EngineError when it refuses."""

    def __init__(self, socket_path=SOCKET_PATH, timeout_seconds=60):
        self._socket_path = socket_path
        self._timeout_seconds = timeout_seconds

    def request(self, method, path, body=None):
        connection = _UnixConnection(self._socket_path, self._timeout_seconds)
        try:
            payload = None if body is None else json.dumps(body).encode()
            connection.request(method, path, payload, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except http.client.HTTPException as error:
            raise OSError(f"Docker's answer could not be read: {error!r}") from error
        finally:
            connection.close()
        if response.status >= 400:
            raise EngineError(response.status, _message(text))
        return json.loads(text) if text.strip().startswith(("{", "[", '"')) else None

    def swarm_state(self):
        """What this engine knows of its own membership: the `Swarm` part of its info."""
        return self.request("GET", "/info")["Swarm"]

    def join_token(self, role):
        """The token of `Manager` or `Worker`; only managers know it."""
        return self.request("GET", "/swarm")["JoinTokens"][role]

    def init(self, address, overlay_pool, overlay_prefix_length):
        self.request(
            "POST",
            "/swarm/init",
            {
                "ListenAddr": f"{address}:2377",
                "AdvertiseAddr": address,
                "DataPathAddr": address,
                "DefaultAddrPool": [overlay_pool],
                "SubnetSize": overlay_prefix_length,
                "Availability": "drain",
                "Spec": {},
            },
        )

    def join(self, address, manager_address, token, availability):
        self.request(
            "POST",
            "/swarm/join",
            {
                "ListenAddr": f"{address}:2377",
                "AdvertiseAddr": address,
                "DataPathAddr": address,
                "RemoteAddrs": [f"{manager_address}:2377"],
                "JoinToken": token,
                "Availability": availability,
            },
        )

    def leave(self, force=False):
        self.request("POST", f"/swarm/leave?force={'true' if force else 'false'}")

    def nodes(self):
        return self.request("GET", "/nodes") or []

    def node(self, node_id):
        return self.request("GET", f"/nodes/{node_id}")

    def set_availability(self, node_id, availability):
        """Sets `active`, `pause` or `drain`. Does nothing when the node has it already."""
        node = self.node(node_id)
        if node["Spec"].get("Availability") == availability:
            return
        spec = {**node["Spec"], "Availability": availability}
        self.request("POST", f"/nodes/{node_id}/update?version={node['Version']['Index']}", spec)

    def running_tasks(self, node_id):
        """Tasks that still run on a node."""
        filters = json.dumps({"node": [node_id]})
        tasks = self.request("GET", f"/tasks?filters={_quote(filters)}") or []
        return [task for task in tasks if task.get("Status", {}).get("State") == "running"]

    def remove_node(self, node_id):
        self.request("DELETE", f"/nodes/{node_id}?force=true")


def _quote(text):
    return "".join(c if c.isalnum() else f"%{ord(c):02X}" for c in text)


def _message(text):
    try:
        return json.loads(text)["message"]
    except (ValueError, KeyError, TypeError):
        return text.strip()[:500]
