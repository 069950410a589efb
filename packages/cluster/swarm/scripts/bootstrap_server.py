"""The masters' service for joining nodes (see bootstrap.py): tells tokens and states, and takes leaving agents out.

Listens on the master's address in the virtual network only. Logs who came and what for, never what was told.
"""

import argparse
import re
import socket
import ssl
import sys
import threading
import time

import bootstrap
import node_facts
from docker_engine import Engine, EngineError

MAX_CONNECTIONS = 64
DRAIN_SECONDS = 60
LEAVE_SECONDS = 90
NODE_ID = re.compile(r"[a-z0-9]{10,40}")


class Answers:
    """What a node may ask, and what it is told."""

    def __init__(self, engine):
        self._engine = engine

    def handle(self, role, request, peer):
        want = request.get("want")
        try:
            if want == "token":
                return {"token": self._engine.join_token("Manager" if role == "master" else "Worker")}
            if want == "state":
                return {"state": self._state(_node_id(request))}
            if want == "leave":
                return self._drain(_node_id(request), peer)
        except EngineError as error:
            raise bootstrap.BootstrapError(f"this master cannot answer yet ({error})") from error
        except (OSError, KeyError) as error:
            raise bootstrap.BootstrapError("this master's Docker does not answer yet") from error
        raise bootstrap.BootstrapError("the request is unknown")

    def _state(self, node_id):
        try:
            return self._engine.node(node_id)["Status"]["State"]
        except EngineError as error:
            if error.status == 404:
                return "absent"
            raise

    def _drain(self, node_id, peer):
        node = self._engine.node(node_id)
        if node["Spec"]["Role"] != "worker" or node["Status"].get("Addr") != peer:
            raise bootstrap.BootstrapError("a node can only take itself out, and only when it is an agent")
        self._engine.set_availability(node_id, "drain")
        deadline = time.monotonic() + DRAIN_SECONDS
        while self._engine.running_tasks(node_id) and time.monotonic() < deadline:
            time.sleep(1)
        threading.Thread(target=self._remove_when_down, args=(node_id,), daemon=True).start()
        return {"drained": True}

    def _remove_when_down(self, node_id):
        deadline = time.monotonic() + LEAVE_SECONDS
        while time.monotonic() < deadline:
            try:
                if self._engine.node(node_id)["Status"]["State"] == "down":
                    self._engine.remove_node(node_id)
                    print(f"removed {node_id}, which has left", flush=True)
                    return
            except EngineError as error:
                if error.status == 404:
                    return
                print(f"cannot remove {node_id} yet: {error}", flush=True)
            except OSError as error:
                print(f"cannot remove {node_id} yet: {error}", flush=True)
            time.sleep(1)


def _node_id(request):
    node_id = request.get("node")
    if not isinstance(node_id, str) or not NODE_ID.fullmatch(node_id):
        raise bootstrap.BootstrapError("the request names no node")
    return node_id


def serve(address, port, certificate_path, key_path, secret_of_role, answers, on_listening=None):
    """Serves until the process ends. Every connection has a time limit and a thread of its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(certificate_path, key_path)
    with open(certificate_path, encoding="ascii") as file:
        fingerprint = bootstrap.fingerprint_of(ssl.PEM_cert_to_DER_cert(file.read()))
    slots = threading.BoundedSemaphore(MAX_CONNECTIONS)

    def converse(plain, peer):
        try:
            plain.settimeout(bootstrap.IO_TIMEOUT_SECONDS)
            with context.wrap_socket(plain, server_side=True) as channel:

                def handle(role, request):
                    print(f"{peer} asks as {role}: {str(request.get('want'))[:20]!r}", flush=True)
                    return answers.handle(role, request, peer)

                bootstrap.answer_one(channel, fingerprint, secret_of_role, handle)
        except bootstrap.BootstrapError as error:
            print(f"{peer} was refused: {error}", flush=True)
        except OSError as error:
            print(f"{peer} went away: {error}", flush=True)
        finally:
            plain.close()
            slots.release()

    with socket.create_server((address, port), backlog=128) as listener:
        if on_listening is not None:
            on_listening(listener.getsockname()[1])
        while True:
            plain, peer_address = listener.accept()
            if not slots.acquire(blocking=False):
                plain.close()
                continue
            threading.Thread(target=converse, args=(plain, peer_address[0]), daemon=True).start()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--certificate", required=True)
    arguments.add_argument("--key", required=True)
    parsed = arguments.parse_args()
    facts = node_facts.read()
    try:
        serve(
            facts.master_addresses[facts.master_index],
            bootstrap.PORT,
            parsed.certificate,
            parsed.key,
            node_facts.read_secret,
            Answers(Engine()),
        )
    except OSError as error:
        sys.exit(f"cannot serve joining nodes: {error}")


if __name__ == "__main__":
    main()
