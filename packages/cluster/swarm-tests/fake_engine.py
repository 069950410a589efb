"""A Docker engine for tests: the part of its API that the scripts use, over a real unix socket."""

import http.server
import json
import os
import socketserver
import tempfile
import threading
import urllib.parse


class FakeEngine:
    def __init__(self, state="inactive", node_id="", nodes=()):
        self.state = state
        self.node_id = node_id
        self.nodes = {node["ID"]: node for node in nodes}
        self.calls = []
        self.tokens = {"Manager": "SWMTKN-manager", "Worker": "SWMTKN-worker"}
        self.path = os.path.join(tempfile.mkdtemp(), "docker.sock")
        self.after_join = "active"
        engine = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def _answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                status, answer = engine.respond(self.command, urllib.parse.urlsplit(self.path).path, body)
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = _answer

            def address_string(self):
                return "unix"

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        self._server = Server(self.path, Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def respond(self, method, path, body):
        self.calls.append((method, path, body))
        if (method, path) == ("GET", "/info"):
            return 200, {"Swarm": {"LocalNodeState": self.state, "NodeID": self.node_id}}
        if (method, path) == ("POST", "/swarm/init"):
            self._become("manager", body)
            return 200, self.node_id
        if (method, path) == ("POST", "/swarm/join"):
            self._become("manager" if body["JoinToken"] == self.tokens["Manager"] else "worker", body)
            return 200, None
        if (method, path) == ("POST", "/swarm/leave"):
            self.state, self.node_id = "inactive", ""
            return 200, None
        if self.state != "active":
            return 503, {"message": "This node is not a swarm manager."}
        if (method, path) == ("GET", "/swarm"):
            return 200, {"JoinTokens": self.tokens}
        if (method, path) == ("GET", "/tasks"):
            return 200, []
        if (method, path) == ("GET", "/nodes"):
            return 200, list(self.nodes.values())
        node = self.nodes.get(path.split("/")[2]) if path.startswith("/nodes/") else None
        if node is None:
            return 404, {"message": f"{path} not found"}
        if method == "DELETE":
            del self.nodes[node["ID"]]
            return 200, None
        if method == "POST":
            node["Spec"] = body
        return 200, node

    def _become(self, role, body):
        self.state = self.after_join
        self.node_id = "ownnode0000000000000000000"
        self.nodes[self.node_id] = node_of(
            self.node_id, role, body["AdvertiseAddr"], availability=body["Availability"]
        )


def node_of(node_id, role, address, state="ready", availability="active", updated="2026-01-01T00:00:00.123456789Z"):
    return {
        "ID": node_id,
        "Version": {"Index": 7},
        "UpdatedAt": updated,
        "Spec": {"Role": role, "Availability": availability},
        "Status": {"State": state, "Addr": address},
        **({"ManagerStatus": {"Reachability": "reachable", "Leader": True}} if role == "manager" else {}),
    }
