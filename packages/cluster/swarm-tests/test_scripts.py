"""Tests of the machines' Python scripts: real TLS on loopback, a real unix socket, a fake engine behind it.

Run by vitest (src/swarm-scripts.test.ts), or by hand: python3 -m unittest discover -s packages/cluster/swarm-tests
"""

import contextlib
import datetime
import io
import ipaddress
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE.parent / "swarm" / "scripts"), str(HERE)]

import bootstrap  # noqa: E402
import bootstrap_server  # noqa: E402
import configure_node  # noqa: E402
import docker_engine  # noqa: E402
import leave_on_terminate  # noqa: E402
import node_facts  # noqa: E402
import reap_workers  # noqa: E402
from fake_engine import FakeEngine, node_of  # noqa: E402

LOCALHOST = "127.0.0.1"
SECRETS = {"master": b"secret-of-masters", "agent": b"secret-of-agents"}


def make_certificate():
    folder = tempfile.mkdtemp()
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    # The very command of slipway-bootstrap.service.
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=slipway-bootstrap"
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


CERTIFICATE = make_certificate()


class Log(io.TextIOBase):
    """Standard output of server threads, kept."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text
        return len(text)


class WithMaster(unittest.TestCase):
    """A master of a Swarm, with the real service in front of a fake engine."""

    def setUp(self):
        self.log = Log()
        redirect = contextlib.redirect_stdout(self.log)
        redirect.__enter__()
        self.addCleanup(redirect.__exit__, None, None, None)
        self.engine = FakeEngine(
            "active",
            "manager0000000000000000000",
            [
                node_of("manager0000000000000000000", "manager", LOCALHOST),
                node_of("ownnode0000000000000000000", "worker", LOCALHOST),
                node_of("other000000000000000000000", "worker", "10.0.0.9"),
            ],
        )
        self.addCleanup(self.engine.close)
        self.port = self.serve(self.engine)

    def serve(self, engine, address=LOCALHOST):
        listening = threading.Event()
        ports = []

        def on_listening(port):
            ports.append(port)
            listening.set()

        answers = bootstrap_server.Answers(docker_engine.Engine(engine.path))
        threading.Thread(
            target=bootstrap_server.serve,
            args=(address, 0, *CERTIFICATE, SECRETS.__getitem__, answers, on_listening),
            daemon=True,
        ).start()
        self.assertTrue(listening.wait(10))
        return ports[0]

    def ask(self, role, secret, request, port=None):
        return bootstrap.ask(LOCALHOST, role, secret, request, LOCALHOST, port or self.port)


class TokensAreTold(WithMaster):
    def test_an_agent_gets_the_workers_token(self):
        self.assertEqual(self.ask("agent", SECRETS["agent"], {"want": "token"}), {"token": "SWMTKN-worker"})

    def test_a_master_gets_the_managers_token(self):
        self.assertEqual(self.ask("master", SECRETS["master"], {"want": "token"}), {"token": "SWMTKN-manager"})

    def test_no_token_and_no_secret_is_logged(self):
        self.ask("agent", SECRETS["agent"], {"want": "token"})
        self.assertIn("asks as agent: 'token'", self.log.text)
        self.assertNotIn("SWMTKN", self.log.text)
        self.assertNotIn("secret-of", self.log.text)


class StrangersAreTurnedAway(WithMaster):
    def assert_refused(self, role, secret):
        with self.assertRaises(bootstrap.BootstrapError):
            self.ask(role, secret, {"want": "token"})
        self.assertNotIn(("GET", "/swarm", None), self.engine.calls)

    def test_who_does_not_know_the_secret(self):
        self.assert_refused("agent", b"guess")

    def test_an_agent_that_calls_itself_a_master(self):
        self.assert_refused("master", SECRETS["agent"])

    def test_an_unknown_role(self):
        self.assert_refused("king", SECRETS["master"])

    def test_a_node_that_does_not_check_the_master_still_learns_nothing(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection((LOCALHOST, self.port), 5) as plain, context.wrap_socket(plain) as channel:
            with channel.makefile("rwb") as stream:
                bootstrap.send_line(stream, {"role": "agent", "nonce": bootstrap.new_nonce()})
                hello = bootstrap.receive_line(stream)
                # The master's own proof, sent back: each side proves under its own name.
                bootstrap.send_line(stream, {"proof": hello["proof"], "request": {"want": "token"}})
                with self.assertRaises((bootstrap.BootstrapError, OSError)):
                    bootstrap.receive_line(stream)
        self.assertNotIn(("GET", "/swarm", None), self.engine.calls)

    def test_somebody_in_the_middle_with_a_certificate_of_his_own(self):
        relay_certificate = make_certificate()
        listener = socket.create_server((LOCALHOST, 0))
        self.addCleanup(listener.close)

        def relay():
            server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.load_cert_chain(*relay_certificate)
            client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
            with contextlib.suppress(OSError):
                plain, _ = listener.accept()
                with server.wrap_socket(plain, server_side=True) as left:
                    upstream = socket.create_connection((LOCALHOST, self.port))
                    with client.wrap_socket(upstream) as right:
                        right.sendall(left.recv(65536))
                        left.sendall(right.recv(65536))
                        right.sendall(left.recv(65536))

        threading.Thread(target=relay, daemon=True).start()
        with self.assertRaisesRegex(bootstrap.BootstrapError, "somebody stands in between"):
            self.ask("agent", SECRETS["agent"], {"want": "token"}, port=listener.getsockname()[1])
        self.assertNotIn(("GET", "/swarm", None), self.engine.calls)

    def test_a_flood_of_bytes_without_a_line_end_does_not_stop_the_service(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with contextlib.suppress(OSError):
            with socket.create_connection((LOCALHOST, self.port), 5) as plain, context.wrap_socket(plain) as channel:
                channel.sendall(b"x" * 200_000)
        self.assertEqual(self.ask("agent", SECRETS["agent"], {"want": "token"}), {"token": "SWMTKN-worker"})


class AgentsLeave(WithMaster):
    def test_an_agent_is_drained_and_removed_once_it_is_down(self):
        node_id = "ownnode0000000000000000000"
        self.assertEqual(
            self.ask("agent", SECRETS["agent"], {"want": "leave", "node": node_id}), {"drained": True}
        )
        self.assertEqual(self.engine.nodes[node_id]["Spec"]["Availability"], "drain")
        self.engine.nodes[node_id]["Status"]["State"] = "down"
        deadline = time.monotonic() + 10
        while node_id in self.engine.nodes and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertNotIn(node_id, self.engine.nodes)

    def test_nobody_can_take_out_another_node_or_a_master(self):
        for node_id in ("other000000000000000000000", "manager0000000000000000000"):
            with self.assertRaisesRegex(bootstrap.BootstrapError, "only take itself out"):
                self.ask("agent", SECRETS["agent"], {"want": "leave", "node": node_id})
            self.assertEqual(self.engine.nodes[node_id]["Spec"]["Availability"], "active")

    def test_a_node_id_that_is_a_path_is_refused(self):
        with self.assertRaisesRegex(bootstrap.BootstrapError, "names no node"):
            self.ask("agent", SECRETS["agent"], {"want": "state", "node": "../swarm"})

    def test_the_event_that_concerns_this_machine_is_found(self):
        event = {"EventId": "e1", "EventType": "Terminate", "EventStatus": "Scheduled", "Resources": ["a_1"]}
        reboot = {**event, "EventType": "Reboot"}
        events = {"Events": [event, reboot, {**event, "EventId": "e2", "Resources": ["a_2"]}]}
        self.assertEqual(leave_on_terminate.terminate_events(events, "a_1"), ["e1"])
        self.assertEqual(leave_on_terminate.terminate_events({}, "a_1"), [])


class NodesKnowTheirNetwork(unittest.TestCase):
    def facts(self, **files):
        folder = tempfile.mkdtemp()
        for name, text in files.items():
            pathlib.Path(folder, name.replace("_", "-")).write_text(text + "\n", encoding="utf-8")
        self.addCleanup(setattr, node_facts, "FOLDER", node_facts.FOLDER)
        node_facts.FOLDER = folder
        return node_facts.read()

    def test_from_the_ranges_that_the_extension_wrote_down(self):
        ranges = {"master_count": "3", "master_subnet": "10.20.0.240/28", "agent_subnet": "10.20.1.0/24"}
        master = self.facts(role="master", master_index="2", **ranges)
        self.assertEqual(master.master_addresses, ("10.20.0.245", "10.20.0.246", "10.20.0.247"))
        self.assertEqual(master.other_masters, ["10.20.0.245", "10.20.0.246"])
        agent = self.facts(role="agent", **ranges)
        self.assertEqual(agent.agent_subnet, ipaddress.ip_network("10.20.1.0/24"))


class NodesAreConfigured(WithMaster):
    def setUp(self):
        super().setUp()
        self.facts_folder = tempfile.mkdtemp()
        for role, secret in SECRETS.items():
            pathlib.Path(self.facts_folder, f"{role}-secret").write_bytes(secret + b"\n")
        self.addCleanup(setattr, node_facts, "FOLDER", node_facts.FOLDER)
        node_facts.FOLDER = self.facts_folder
        self.own = FakeEngine()
        self.addCleanup(self.own.close)

    def node(self, role, master_addresses, master_index, port=None):
        agents = ipaddress.ip_network("10.0.0.0/11")
        facts = node_facts.NodeFacts(role, tuple(master_addresses), master_index, agents)
        return configure_node.Node(facts, docker_engine.Engine(self.own.path), LOCALHOST, port or self.port)

    def soon(self):
        return time.monotonic() + 10

    def joins(self):
        return [body for method, path, body in self.own.calls if path == "/swarm/join"]

    def test_an_agent_joins_as_a_worker_and_waits_until_the_masters_call_it_ready(self):
        node = self.node("agent", [LOCALHOST], -1)
        node.become_member(self.soon())
        node.check_ready(self.soon())
        (join,) = self.joins()
        self.assertEqual(join["JoinToken"], "SWMTKN-worker")
        self.assertEqual(join["Availability"], "active")
        self.assertEqual(join["RemoteAddrs"], [f"{LOCALHOST}:2377"])
        self.assertNotIn("SWMTKN", self.log.text)

    def test_an_agent_tries_the_next_master_when_the_first_is_gone(self):
        # Nothing listens at 127.0.0.2 on this port.
        self.node("agent", ["127.0.0.2", LOCALHOST], -1).become_member(self.soon())
        self.assertEqual(len(self.joins()), 1)

    def test_the_first_master_forms_a_drained_swarm_with_pools_outside_the_network(self):
        node = self.node("master", [LOCALHOST], 0)
        node.become_member(self.soon())
        node.check_ready(self.soon())
        (body,) = [body for _, path, body in self.own.calls if path == "/swarm/init"]
        self.assertEqual(body["DefaultAddrPool"], ["192.168.0.0/16"])
        self.assertEqual(body["Availability"], "drain")
        self.assertEqual(body["AdvertiseAddr"], LOCALHOST)

    def test_a_rebuilt_first_master_joins_the_swarm_that_the_others_have(self):
        self.node("master", ["127.0.0.9", LOCALHOST], 0).become_member(self.soon())
        (join,) = self.joins()
        self.assertEqual(join["JoinToken"], "SWMTKN-manager")
        self.assertEqual(join["Availability"], "drain")

    def test_a_second_run_changes_nothing(self):
        node = self.node("agent", [LOCALHOST], -1)
        node.become_member(self.soon())
        node.become_member(self.soon())
        self.assertEqual(len(self.joins()), 1)
        self.assertNotIn("/swarm/leave", [path for _, path, _ in self.own.calls])

    def test_an_agent_that_was_removed_while_away_joins_again(self):
        node = self.node("agent", [LOCALHOST], -1)
        node.become_member(self.soon())
        self.own.node_id = "gone0000000000000000000000"
        node.become_member(self.soon())
        self.assertEqual(len(self.joins()), 2)

    def test_a_node_that_cannot_join_says_so_at_the_deadline(self):
        self.addCleanup(setattr, configure_node, "RETRY_SECONDS", configure_node.RETRY_SECONDS)
        configure_node.RETRY_SECONDS = 0.05
        with self.assertRaisesRegex(configure_node.NotConfigured, "joining the Swarm: not done in time"):
            self.node("agent", ["127.0.0.2"], -1).become_member(time.monotonic() + 0.2)


class LostWorkersAreReaped(unittest.TestCase):
    def test_only_workers_that_have_been_down_for_long(self):
        now = datetime.datetime(2026, 1, 1, 0, 10, tzinfo=datetime.timezone.utc)
        nodes = [
            node_of("long", "worker", "10.0.0.4", "down"),
            node_of("short", "worker", "10.0.0.5", "down", updated="2026-01-01T00:09:59.1Z"),
            node_of("up", "worker", "10.0.0.6"),
            node_of("manager", "manager", "172.16.0.5", "down"),
        ]
        self.assertEqual(reap_workers.gone_workers(nodes, now), ["long"])

    def test_only_the_leader_acts(self):
        nodes = [node_of("a", "manager", "172.16.0.5"), node_of("b", "worker", "10.0.0.4")]
        self.assertTrue(reap_workers.is_leader(nodes, "a"))
        self.assertFalse(reap_workers.is_leader(nodes, "b"))


if __name__ == "__main__":
    unittest.main()
