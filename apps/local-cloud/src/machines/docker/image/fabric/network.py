"""The network of one virtual network: routes, security groups, load balancers, names and the metadata service.

NEXT holds what the control plane wants: `rules.nft` (security groups), `haproxy.cfg` (load balancers), `hosts` (names)
and `network.json` (addresses, and what the metadata service tells each machine). `apply` checks it, puts it into force
and keeps it as CURRENT, which is taken up again when the container starts anew.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import time

import metadata

NEXT = pathlib.Path("/var/lib/slipway-fabric/next")
CURRENT = pathlib.Path("/var/lib/slipway-fabric/current")
CONTROL = "/run/slipway-fabric.socket"
# The process that serves is there within so long after its container was started, also on a busy computer.
START_SECONDS = 60
# Azure's virtual public IP address (DNS, probes) and its metadata service.
PLATFORM_ADDRESSES = ["168.63.129.16", "169.254.169.254"]


class CannotApply(Exception):
    """What was asked for is not possible; the message says why."""


def ask(request):
    """Asks the process that serves the network, which may still be starting, and returns its answer."""
    with _connection_to_server() as channel:
        channel.sendall(request.encode() + b"\n")
        with channel.makefile("rb") as stream:
            return json.loads(stream.readline())


def _connection_to_server():
    deadline = time.monotonic() + START_SECONDS
    while True:
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            channel.connect(CONTROL)
            return channel
        except (FileNotFoundError, ConnectionRefusedError):
            channel.close()
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.1)


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise CannotApply(f"{command[0]}: {(result.stderr or result.stdout).strip()[-2000:]}")
    return result.stdout


def indispensable(command):
    """Starts a program without which this container must not go on: then it ends too, and Docker starts it anew."""
    process = subprocess.Popen(command)

    def end_with_it():
        print(f"{command[0]} ended with {process.wait()}", flush=True)
        os._exit(1)

    threading.Thread(target=end_with_it, daemon=True).start()
    return process


def addresses_by_device():
    found = {}
    for line in run("ip", "-4", "-o", "address", "show").splitlines():
        _, device, _, address, *_ = line.split()
        found.setdefault(device, []).append(address.split("/")[0])
    return found


class Network:
    def __init__(self, address, internet_gateway):
        self._address = address
        self._internet_gateway = internet_gateway
        self._balancer = None
        self._names = None
        self._metadata = metadata.MetadataService()
        self._devices = {}

    def serve(self):
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        self._find_devices()
        for address in PLATFORM_ADDRESSES:
            run("ip", "address", "replace", f"{address}/32", "dev", "lo")
        run("ip", "route", "replace", "default", "via", self._internet_gateway)
        CURRENT.mkdir(parents=True, exist_ok=True)
        if (CURRENT / "network.json").exists():
            self._put_into_force(CURRENT)
        else:
            # Nothing passes before the first rules are there.
            run("nft", "add table inet slipway; add chain inet slipway forward { type filter hook forward priority 0; policy drop; }")
        threading.Thread(target=metadata.listen(self._metadata).serve_forever, daemon=True).start()
        self._answer_control()

    def _find_devices(self):
        for device, addresses in addresses_by_device().items():
            if device == "lo":
                continue
            self._devices["vnet" if self._address in addresses else "internet"] = device

    def _answer_control(self):
        pathlib.Path(CONTROL).unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(CONTROL)
            listener.listen(8)
            print("serving", flush=True)
            while True:
                channel, _ = listener.accept()
                with channel, channel.makefile("rwb") as stream:
                    stream.write(json.dumps(self._answer(stream.readline().decode().strip())).encode() + b"\n")
                    stream.flush()

    def _answer(self, request):
        if request == "started-events":
            return self._metadata.started_events()
        try:
            self._apply()
            return {"trouble": ""}
        except (CannotApply, OSError, ValueError, KeyError) as error:
            return {"trouble": str(error) or repr(error)}

    def _apply(self):
        run("haproxy", "-c", "-q", "-f", str(NEXT / "haproxy.cfg"))
        self._put_into_force(NEXT)
        shutil.copytree(NEXT, CURRENT, dirs_exist_ok=True)

    def _put_into_force(self, folder):
        wanted = json.loads((folder / "network.json").read_text(encoding="utf-8"))
        self._set_addresses(wanted["publicAddresses"])
        devices = [f"{kind}_device={device}" for kind, device in self._devices.items()]
        defines = [part for define in devices for part in ("-D", define)]
        run("nft", *defines, "-f", str(folder / "rules.nft"))
        self._set_routes([machine["address"] for machine in wanted["machines"]])
        self._serve_names(folder / "hosts")
        self._balance(folder / "haproxy.cfg")
        self._metadata.machines = {machine["address"]: machine for machine in wanted["machines"]}

    def _set_addresses(self, public_addresses):
        wanted = {*public_addresses, *PLATFORM_ADDRESSES, "127.0.0.1"}
        present = set(addresses_by_device().get("lo", []))
        for address in wanted - present:
            run("ip", "address", "replace", f"{address}/32", "dev", "lo")
        for address in present - wanted:
            run("ip", "address", "delete", f"{address}/32", "dev", "lo")

    def _set_routes(self, machine_addresses):
        device = self._devices["vnet"]
        listed = run("ip", "-4", "-o", "route", "show", "dev", device, "scope", "link", "proto", "static").splitlines()
        present = {line.split()[0] for line in listed}
        for address in set(machine_addresses) - present:
            run("ip", "route", "replace", f"{address}/32", "dev", device, "scope", "link", "proto", "static")
        for address in present - set(machine_addresses):
            run("ip", "route", "delete", address, "dev", device, "proto", "static")
            # A later machine with this address has another hardware address.
            run("ip", "neighbour", "flush", "to", address, "dev", device)

    def _serve_names(self, hosts):
        shutil.copyfile(hosts, "/run/slipway-hosts")
        if self._names is None:
            self._names = indispensable(
                [
                    "dnsmasq",
                    "--keep-in-foreground",
                    "--conf-file=/dev/null",
                    "--bind-interfaces",
                    "--listen-address=168.63.129.16",
                    "--no-hosts",
                    "--addn-hosts=/run/slipway-hosts",
                    "--user=root",
                ]
            )
        else:
            self._names.send_signal(signal.SIGHUP)

    def _balance(self, config):
        shutil.copyfile(config, "/run/slipway-haproxy.cfg")
        if self._balancer is None:
            self._balancer = indispensable(["haproxy", "-W", "-db", "-f", "/run/slipway-haproxy.cfg"])
        else:
            self._balancer.send_signal(signal.SIGUSR2)
