"""Tests of the metadata service: what each machine is told, and what it may say."""

import json
import pathlib
import sys
import threading
import unittest
import urllib.error
import urllib.request

# The images are kept by what lies in their folder.
sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "image" / "fabric"))

import metadata  # noqa: E402

EVENT = {"EventId": "E-1", "EventType": "Terminate", "EventStatus": "Scheduled", "Resources": ["agent_1"]}
API = "api-version=2021-02-01"


class Asking(unittest.TestCase):
    """Over HTTP, as the machine at 127.0.0.1."""

    def setUp(self):
        self.service = metadata.MetadataService()
        self.service.machines = {
            "127.0.0.1": {
                "instance": {"compute": {"name": "agent_1", "vmId": "guid"}},
                "incarnation": 2,
                "events": [EVENT],
            }
        }
        self.server = metadata.listen(self.service, ("127.0.0.1", 0))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def ask(self, path, body=None, headers=None):
        url = f"http://127.0.0.1:{self.server.server_address[1]}/metadata/{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Metadata": "true"} if headers is None else headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()

    def test_tells_a_machine_its_name_as_text_and_all_of_it_as_json(self):
        self.assertEqual(self.ask(f"instance/compute/name?{API}&format=text"), (200, "agent_1"))
        self.assertEqual(self.ask(f"Instance/Compute/VMID?{API}&format=text"), (200, "guid"))
        status, body = self.ask(f"instance?{API}")
        self.assertEqual((status, json.loads(body)), (200, {"compute": {"name": "agent_1", "vmId": "guid"}}))

    def test_refuses_who_was_tricked_into_asking_and_who_asks_for_somebody_else(self):
        path = f"instance/compute/name?{API}"
        self.assertEqual(self.ask(path, headers={})[0], 400)
        self.assertEqual(self.ask(path, headers={"Metadata": "true", "X-Forwarded-For": "10.0.0.9"})[0], 400)
        self.service.machines = {}
        self.assertEqual(self.ask(path)[0], 404)

    def test_refuses_what_is_not_there_and_a_request_without_a_version(self):
        self.assertEqual(self.ask("instance/compute/name")[0], 400)
        for path in ("instance/compute/nothing", "instance/compute/name/x", "identity/oauth2/token", "attested"):
            self.assertEqual(self.ask(f"{path}?{API}")[0], 404, path)

    def test_announces_events_and_hears_that_the_machine_is_ready_for_one(self):
        status, body = self.ask(f"scheduledevents?{API}")
        self.assertEqual((status, json.loads(body)), (200, {"DocumentIncarnation": 2, "Events": [EVENT]}))
        self.assertEqual(self.service.started_events(), [])
        self.assertEqual(self.ask(f"scheduledevents?{API}", {"StartRequests": [{"EventId": "E-1"}]})[0], 200)
        self.assertEqual(self.service.started_events(), ["E-1"])

    def test_takes_no_other_event_and_no_other_words(self):
        for body in ({"StartRequests": [{"EventId": "E-2"}]}, {"StartRequests": "E-1"}, {}, [], "x"):
            self.assertEqual(self.ask(f"scheduledevents?{API}", body)[0], 400, body)
        self.assertEqual(self.ask(f"scheduledevents?{API}", {"x": "y" * 70000})[0], 413)
        self.assertEqual(self.service.started_events(), [])


if __name__ == "__main__":
    unittest.main()
