"""Takes an agent out of the Swarm before its machine is deleted.

The scale set announces a deletion (scale-in, or the whole cluster's) as a scheduled event of the type Terminate. The
agent then asks a master to move its tasks elsewhere, leaves, and tells Azure that it need not wait any longer. A master
removes the node that has left.
"""

import json
import time
import urllib.request

import bootstrap
import configure_node
import node_facts
from docker_engine import Engine, EngineError

METADATA = "http://169.254.169.254/metadata"
EVENTS_URL = f"{METADATA}/scheduledevents?api-version=2020-07-01"
NAME_URL = f"{METADATA}/instance/compute/name?api-version=2021-02-01&format=text"
POLL_SECONDS = 5
UNREACHABLE_SECONDS = 30
# The first question about scheduled events switches them on, which takes Azure up to two minutes.
TIMEOUT_SECONDS = 150
# A master answers once the tasks have moved, for which it gives them a minute.
DRAIN_ANSWER_SECONDS = 90


def fetch(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Metadata": "true"})
    # No proxy: the metadata service exists on this machine's own link only.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
        return response.read().decode()


def terminate_events(events, name):
    """Ids of the events that announce the deletion of the machine of this name."""
    return [
        event["EventId"]
        for event in events.get("Events", [])
        if event.get("EventType") == "Terminate"
        and event.get("EventStatus") == "Scheduled"
        and name in event.get("Resources", [])
    ]


def leave(engine, facts):
    state = engine.swarm_state()
    if state["LocalNodeState"] == "inactive":
        return
    try:
        node = configure_node.Node(facts, engine, node_facts.own_address(facts))
        node.ask_any({"want": "leave", "node": state["NodeID"]}, answer_timeout_seconds=DRAIN_ANSWER_SECONDS)
    except (OSError, bootstrap.BootstrapError) as error:
        configure_node.say(f"leaving without being drained: {error}")
    engine.leave(force=True)
    configure_node.say("left the Swarm")


def main():
    facts = node_facts.read()
    engine = Engine()
    reported = False
    while True:
        try:
            name = fetch(NAME_URL).strip()
            ids = terminate_events(json.loads(fetch(EVENTS_URL)), name)
            reported = False
            if ids:
                configure_node.say("Azure is about to delete this machine")
                leave(engine, facts)
                fetch(EVENTS_URL, {"StartRequests": [{"EventId": event_id} for event_id in ids]})
            time.sleep(POLL_SECONDS)
        except (OSError, ValueError, EngineError) as error:
            if not reported:
                configure_node.say(f"no scheduled events: {error}")
                reported = True
            time.sleep(UNREACHABLE_SECONDS)


if __name__ == "__main__":
    main()
