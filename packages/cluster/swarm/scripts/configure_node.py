"""Makes this machine a working node of the Swarm, or says why it is none.

The first master forms the Swarm, unless another master already has one (then it was rebuilt, and joins it); the other
masters join as managers, the agents as workers. Run by the extension, and again at every boot: what is right already
stays as it is.
"""

import concurrent.futures
import subprocess
import sys
import time

import bootstrap
import node_facts
from docker_engine import Engine, EngineError

JOIN_SECONDS = 900
READY_SECONDS = 300
RETRY_SECONDS = 3
# The virtual network keeps out of it; Swarm's default would be the agents' own range.
OVERLAY_POOL = "192.168.0.0/16"
OVERLAY_PREFIX_LENGTH = 24

SERVICES = {
    "master": ["slipway-bootstrap.service", "slipway-reap-workers.service", "slipway-node.service"],
    "agent": ["slipway-leave-on-terminate.service", "slipway-node.service"],
}


class NotConfigured(Exception):
    """The node did not become what it should be in time."""


def say(text):
    print(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {text}", flush=True)


def until(deadline, what, attempt):
    """Repeats an attempt until it gives something, and raises NotConfigured with its last trouble at the deadline."""
    trouble = None
    while True:
        try:
            result = attempt()
            if result is not None:
                return result
        except (OSError, EngineError, bootstrap.BootstrapError, KeyError) as error:
            if str(error) != trouble:
                trouble = str(error)
                say(f"{what}: {trouble}")
        if time.monotonic() >= deadline:
            raise NotConfigured(f"{what}: not done in time; {trouble or 'no error was reported'}")
        time.sleep(RETRY_SECONDS)


class Node:
    def __init__(self, facts, engine, address, port=bootstrap.PORT):
        self.facts = facts
        self.engine = engine
        self.address = address
        self.port = port
        self.secret = node_facts.read_secret(facts.role)

    def ask(self, master, request, **timeouts):
        return bootstrap.ask(
            master, self.facts.role, self.secret, request, self.address, self.port, **timeouts
        )

    def ask_any(self, request, **timeouts):
        """The first answer of the masters, in order. Raises the last trouble when none answers."""
        trouble = OSError("the cluster has no other master")
        for master in self.facts.other_masters:
            try:
                return master, self.ask(master, request, **timeouts)
            except (OSError, bootstrap.BootstrapError) as error:
                trouble = error
        raise trouble

    def become_member(self, deadline):
        """Forms or joins the Swarm; returns when the engine says that it is a member."""
        state = self.engine.swarm_state()["LocalNodeState"]
        if state in ("active", "pending") and self.facts.role == "agent" and self._was_removed():
            say("the masters have removed this node while it was away: joining again")
            self.engine.leave(force=True)
            state = "inactive"
        if state == "error":
            say("this node's membership is broken: joining again")
            self.engine.leave(force=True)
            state = "inactive"
        if state == "inactive":
            until(deadline, "joining the Swarm", self._form_or_join)
        until(deadline, "waiting for membership", self._active)

    def _was_removed(self):
        try:
            _, answer = self.ask_any({"want": "state", "node": self.engine.swarm_state()["NodeID"]})
            return answer.get("state") == "absent"
        except (OSError, bootstrap.BootstrapError):
            return False

    def _active(self):
        return True if self.engine.swarm_state()["LocalNodeState"] == "active" else None

    def _form_or_join(self):
        if self.engine.swarm_state()["LocalNodeState"] in ("active", "pending"):
            return True
        if self.facts.role == "master" and self.facts.master_index == 0:
            master, token = self._token_of_a_running_swarm()
            if master is None:
                say(f"forming a Swarm at {self.address}")
                self.engine.init(self.address, OVERLAY_POOL, OVERLAY_PREFIX_LENGTH)
                return True
        else:
            master, answer = self.ask_any({"want": "token"})
            token = answer["token"]
        say(f"joining the Swarm of {master}")
        try:
            self.engine.join(self.address, master, token, "drain" if self.facts.role == "master" else "active")
        except EngineError as error:
            # 503 with this text: the engine goes on joining by itself.
            if "continue in the background" not in str(error):
                raise
        return True

    def _token_of_a_running_swarm(self):
        """Asks all other masters at once: on a new cluster they do not exist yet, and each would cost a time-out."""
        others = self.facts.other_masters
        if not others:
            return None, None

        def token_of(master):
            try:
                return master, self.ask(master, {"want": "token"})["token"]
            except (OSError, bootstrap.BootstrapError, KeyError):
                return None

        with concurrent.futures.ThreadPoolExecutor(len(others)) as pool:
            found = [answer for answer in pool.map(token_of, others) if answer is not None]
        return found[0] if found else (None, None)

    def check_ready(self, deadline):
        """Returns when the Swarm itself calls this node ready."""
        if self.facts.role == "master":
            until(deadline, "becoming a ready, drained manager", self._ready_manager)
        else:
            until(deadline, "becoming ready", self._ready_worker)

    def _ready_manager(self):
        node_id = self.engine.swarm_state()["NodeID"]
        self.engine.set_availability(node_id, "drain")
        node = self.engine.node(node_id)
        ready = node["Status"]["State"] == "ready"
        reachable = node.get("ManagerStatus", {}).get("Reachability") == "reachable"
        return True if ready and reachable and node["Spec"]["Availability"] == "drain" else None

    def _ready_worker(self):
        _, answer = self.ask_any({"want": "state", "node": self.engine.swarm_state()["NodeID"]})
        return True if answer.get("state") == "ready" else None


def start_services(role):
    for service in SERVICES[role]:
        # The service that runs at boot is only enabled: now it would do what this very run does.
        subprocess.run(["systemctl", "enable", service], check=True)
        if service != "slipway-node.service":
            subprocess.run(["systemctl", "restart", service], check=True)


def main():
    facts = node_facts.read()
    say(f"configuring this {facts.role}")
    engine = Engine()
    deadline = time.monotonic() + JOIN_SECONDS
    try:
        until(deadline, "waiting for Docker", engine.swarm_state)
        address = until(deadline, "waiting for the network", lambda: node_facts.own_address(facts))
        node = Node(facts, engine, address)
        node.become_member(deadline)
        start_services(facts.role)
        node.check_ready(time.monotonic() + READY_SECONDS)
    except (NotConfigured, OSError, EngineError, subprocess.CalledProcessError) as error:
        say(f"failed: {error}")
        sys.exit(1)
    say("this node is ready")


if __name__ == "__main__":
    main()
