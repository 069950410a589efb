"""Azure's instance metadata service, as far as machines of the local cloud need it: who they are, and scheduled events.

Source of paths, headers and shapes: "Azure Instance Metadata Service" and "Scheduled Events for Linux VMs" in Azure's
documentation.
"""

import http.server
import json
import threading
import urllib.parse

MAX_BODY_BYTES = 65536


class MetadataService:
    """Answers by the address that asks: each machine is told of itself alone."""

    def __init__(self):
        self.machines = {}
        self._started = set()
        self._lock = threading.Lock()

    def started_events(self):
        with self._lock:
            return sorted(self._started)

    def start_event(self, event_id):
        with self._lock:
            self._started.add(event_id)

    def answer(self, machine, path, query, body):
        """Status and answer to one machine's request."""
        steps = [step for step in path.lower().split("/") if step]
        if steps[:2] == ["metadata", "scheduledevents"]:
            return self._scheduled_events(machine, body)
        if steps[:2] != ["metadata", "instance"] or body is not None:
            return 404, {"error": "Not found"}
        value = machine["instance"]
        for step in steps[2:]:
            members = {name.lower(): member for name, member in value.items()} if isinstance(value, dict) else {}
            if step not in members:
                return 404, {"error": "Not found"}
            value = members[step]
        wants_text = query.get("format", ["json"])[0] == "text"
        return 200, str(value) if wants_text and not isinstance(value, (dict, list)) else value

    def _scheduled_events(self, machine, body):
        events = machine["events"]
        if body is None:
            return 200, {"DocumentIncarnation": machine["incarnation"], "Events": events}
        try:
            wanted = [item["EventId"] for item in json.loads(body)["StartRequests"]]
        except (ValueError, KeyError, TypeError):
            return 400, {"error": "Bad request. StartRequests are expected"}
        known = [event["EventId"] for event in events]
        if not all(event_id in known for event_id in wanted):
            return 400, {"error": "Bad request. There is no such event"}
        for event_id in wanted:
            self.start_event(event_id)
        return 200, {}


def listen(service, place=("169.254.169.254", 80)):
    """A server for the service at an address and port; `serve_forever` lets it answer."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self):
            self._answer(None)

        def do_POST(self):
            length = self.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
                # What was not read must not be taken for the next request.
                self.close_connection = True
                self._send(413, {"error": "The request is too large."})
                return
            self._answer(self.rfile.read(int(length)))

        def _answer(self, body):
            # A request that somebody was tricked into has no such header; one that was passed on has the other.
            if self.headers.get("Metadata", "").lower() != "true" or self.headers.get("X-Forwarded-For"):
                self._send(400, {"error": "Bad request. Required metadata header not specified"})
                return
            machine = service.machines.get(self.client_address[0])
            if machine is None:
                self._send(404, {"error": "Not found"})
                return
            url = urllib.parse.urlsplit(self.path)
            query = urllib.parse.parse_qs(url.query)
            if "api-version" not in query:
                self._send(400, {"error": "Bad request. api-version was not specified in the request"})
                return
            self._send(*service.answer(machine, url.path, query, body))

        def _send(self, status, answer):
            is_text = isinstance(answer, str)
            content = (answer if is_text else json.dumps(answer)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if is_text else "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Machines ask every few seconds; there is nothing to learn from it."""

    return http.server.ThreadingHTTPServer(place, Handler)
