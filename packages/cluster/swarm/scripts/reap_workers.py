"""Removes agents that went away without leaving: Swarm would list them as Down for ever.

Runs on every master; only the leader acts. An agent that comes back after it was removed joins again by itself
(slipway-node.service).
"""

import datetime
import re
import time

from docker_engine import Engine, EngineError

CHECK_SECONDS = 15
DOWN_SECONDS = 300


def gone_workers(nodes, now):
    """Ids of the workers that have been down for long enough."""
    return [
        node["ID"]
        for node in nodes
        if node["Spec"]["Role"] == "worker"
        and node["Status"]["State"] == "down"
        and (now - parsed_time(node["UpdatedAt"])).total_seconds() >= DOWN_SECONDS
    ]


def parsed_time(text):
    """A time as Docker writes it, with up to nine digits of a second."""
    shortened = re.sub(r"\.(\d{1,6})\d*", r".\1", text)
    return datetime.datetime.fromisoformat(shortened.replace("Z", "+00:00"))


def is_leader(nodes, own_id):
    return any(node["ID"] == own_id and node.get("ManagerStatus", {}).get("Leader") for node in nodes)


def main():
    engine = Engine()
    while True:
        try:
            own_id = engine.swarm_state()["NodeID"]
            nodes = engine.nodes() if own_id else []
            if is_leader(nodes, own_id):
                for node_id in gone_workers(nodes, datetime.datetime.now(datetime.timezone.utc)):
                    engine.remove_node(node_id)
                    print(f"removed {node_id}, which has been down for {DOWN_SECONDS} seconds", flush=True)
        except (OSError, EngineError) as error:
            print(f"cannot look after the nodes now: {error}", flush=True)
        time.sleep(CHECK_SECONDS)


if __name__ == "__main__":
    main()
