"""What a fabric or an edge of the local cloud runs.

    fabric.py network --address A --internet-gateway G    the network of one virtual network
    fabric.py apply                                       puts what lies in NEXT into force; prints why it cannot
    fabric.py started-events                              the scheduled events that machines have begun with, as JSON
    fabric.py has-ipvs                                    ends with 0 where the kernel balances Swarm's routing mesh
    fabric.py edge --public-address P --port N ...        forwards ports to a public address
    fabric.py route --via A                               says which fabric holds the edge's public address

The control plane writes files and runs `apply`; nothing here decides anything about the cluster.
"""

import argparse
import json
import sys

import edge
import network
import routing_mesh


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("network")
    serve.add_argument("--address", required=True)
    serve.add_argument("--internet-gateway", required=True)
    commands.add_parser("apply")
    commands.add_parser("started-events")
    commands.add_parser("has-ipvs")
    forward = commands.add_parser("edge")
    forward.add_argument("--public-address", required=True)
    forward.add_argument("--port", type=int, action="append", required=True)
    route = commands.add_parser("route")
    route.add_argument("--via", required=True)
    arguments = parser.parse_args()

    if arguments.command == "network":
        network.Network(arguments.address, arguments.internet_gateway).serve()
    elif arguments.command == "apply":
        trouble = network.ask("apply")["trouble"]
        if trouble:
            sys.exit(trouble)
    elif arguments.command == "started-events":
        print(json.dumps(network.ask("started-events")))
    elif arguments.command == "has-ipvs":
        sys.exit(0 if routing_mesh.has_ipvs() else 1)
    elif arguments.command == "edge":
        edge.serve(arguments.public_address, arguments.port)
    else:
        edge.route(arguments.via)


if __name__ == "__main__":
    main()
