"""How nodes ask a master for a join token, over the virtual network, without anybody else learning it.

TLS 1.3 with a certificate that the master made for itself hides what is said; it does not say who speaks. That is
proven by a secret of which both sides have a copy from their extension's protected settings: each side shows an HMAC
over both nonces and the certificate's fingerprint as it sees it (channel binding). Somebody in the middle shows
another certificate, so neither side's proof fits and nothing is told. Masters and agents have secrets of their own: an
agent can never learn a manager's token.

One connection carries one request, in lines of JSON:

    node    {"role": "master" | "agent", "nonce": hex}
    master  {"nonce": hex, "proof": hex}
    node    {"proof": hex, "request": {...}}
    master  {"answer": {...}} or {"error": text}
"""

import hashlib
import hmac
import json
import secrets
import socket
import ssl

PORT = 2378
ROLES = ("master", "agent")
NONCE_BYTES = 32
MAX_LINE_BYTES = 8192
IO_TIMEOUT_SECONDS = 10


class BootstrapError(Exception):
    """The other side is not who it should be, broke the protocol, or cannot answer yet."""


def proof(secret, speaker, role, fingerprint, client_nonce, server_nonce):
    """HMAC-SHA-256 that shows knowledge of the secret on exactly this connection, by exactly this side."""
    fields = ["slipway-bootstrap-1", speaker, role, fingerprint, client_nonce, server_nonce]
    return hmac.new(secret, "\n".join(fields).encode(), hashlib.sha256).hexdigest()


def fingerprint_of(certificate_der):
    return hashlib.sha256(certificate_der).hexdigest()


def send_line(stream, message):
    stream.write(json.dumps(message).encode() + b"\n")
    stream.flush()


def receive_line(stream):
    line = stream.readline(MAX_LINE_BYTES + 1)
    if not line.endswith(b"\n") or len(line) > MAX_LINE_BYTES:
        raise BootstrapError("the other side ended the connection or sent too much")
    try:
        message = json.loads(line)
    except ValueError as error:
        raise BootstrapError("the other side sent no JSON") from error
    if not isinstance(message, dict):
        raise BootstrapError("the other side sent no JSON object")
    return message


def text_field(message, name):
    value = message.get(name)
    if not isinstance(value, str):
        raise BootstrapError(f"the other side sent no {name}")
    return value


def nonce_field(message):
    value = text_field(message, "nonce")
    if len(value) != 2 * NONCE_BYTES or any(c not in "0123456789abcdef" for c in value):
        raise BootstrapError("the other side sent a malformed nonce")
    return value


def new_nonce():
    return secrets.token_hex(NONCE_BYTES)


def ask(
    address,
    role,
    secret,
    request,
    source_address=None,
    port=PORT,
    connect_timeout_seconds=4,
    answer_timeout_seconds=IO_TIMEOUT_SECONDS,
):
    """Asks one master; returns its answer.

    Raises OSError when it cannot be reached and BootstrapError when it is not to be trusted or refuses.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # Who the master is, the proof below tells, bound to this very certificate; no authority vouches for it.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    source = None if source_address is None else (source_address, 0)
    with socket.create_connection((address, port), connect_timeout_seconds, source) as plain:
        plain.settimeout(IO_TIMEOUT_SECONDS)
        with context.wrap_socket(plain) as channel, channel.makefile("rwb") as stream:
            seen = fingerprint_of(channel.getpeercert(binary_form=True))
            client_nonce = new_nonce()
            send_line(stream, {"role": role, "nonce": client_nonce})
            hello = receive_line(stream)
            server_nonce = nonce_field(hello)
            expected = proof(secret, "server", role, seen, client_nonce, server_nonce)
            if not hmac.compare_digest(expected, text_field(hello, "proof")):
                raise BootstrapError(f"{address} does not know the cluster's secret, or somebody stands in between")
            own = proof(secret, "client", role, seen, client_nonce, server_nonce)
            send_line(stream, {"proof": own, "request": request})
            channel.settimeout(answer_timeout_seconds)
            reply = receive_line(stream)
            if "error" in reply:
                raise BootstrapError(f"{address}: {text_field(reply, 'error')}")
            answer = reply.get("answer")
            if not isinstance(answer, dict):
                raise BootstrapError(f"{address} gave no answer")
            return answer


def answer_one(channel, fingerprint, secret_of_role, handle):
    """The master's side of one connection.

    secret_of_role: gives the secret of a role, as bytes.
    handle: called with role and request once the node is known; returns the answer or raises BootstrapError.
    """
    with channel.makefile("rwb") as stream:
        hello = receive_line(stream)
        role = text_field(hello, "role")
        if role not in ROLES:
            raise BootstrapError("the node named no known role")
        client_nonce = nonce_field(hello)
        secret = secret_of_role(role)
        server_nonce = new_nonce()
        send_line(
            stream,
            {
                "nonce": server_nonce,
                "proof": proof(secret, "server", role, fingerprint, client_nonce, server_nonce),
            },
        )
        message = receive_line(stream)
        expected = proof(secret, "client", role, fingerprint, client_nonce, server_nonce)
        if not hmac.compare_digest(expected, text_field(message, "proof")):
            raise BootstrapError("the node does not know the cluster's secret")
        request = message.get("request")
        try:
            if not isinstance(request, dict):
                raise BootstrapError("the request is malformed")
            send_line(stream, {"answer": handle(role, request)})
        except BootstrapError as error:
            send_line(stream, {"error": str(error)})
