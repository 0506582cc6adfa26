"""A Kafka that asks for passwords and speaks TLS, and the settings that lead to each listener."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import SecretStr

from wirewatch.broker import LocalBroker, find_java, resolve_jars
from wirewatch.config.settings import Settings

USER, PASSWORD = "newsdesk", "kaffee & kuchen"
"""With what a password may hold and a command line may spoil."""
SCRAM = ("SCRAM-SHA-256", "SCRAM-SHA-512")
_PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
_SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"
_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Guarded:
    """Ports of the listeners, and the files of who may come in."""

    broker: LocalBroker
    ports: dict[str, int]
    folder: Path

    def settings(self, security: str, mechanism: str = "PLAIN", **other: Any) -> Settings:
        """What an operator would set; ``other`` overrides."""
        values: dict[str, Any] = {
            "broker": f"kafka://{_HOST}:{self.ports[security]}",
            "broker_security": security,
            "partitions": 2,
            "http_port": 0,
            "topic_prefix": f"{security}-{mechanism}-".lower(),
        }
        if security.startswith("SASL"):
            values |= {"broker_sasl_mechanism": mechanism, "broker_user": USER,
                       "broker_password": SecretStr(PASSWORD)}  # fmt: skip
        if security.endswith("SSL"):
            values["broker_ca_file"] = self.folder / "ca.pem"
        if security == "SSL":  # this listener asks for a certificate in place of a password
            values |= {"broker_cert_file": self.folder / "client.pem",
                       "broker_key_file": self.folder / "client.pem"}  # fmt: skip
        return Settings(**{**values, **other})


@contextmanager
def guarded_kafka(folder: Path) -> Iterator[Guarded]:
    """A Kafka with a listener for each kind of security, one user, and certificates of its own."""
    make_certificates(folder)
    client, controller, *rest = _free_ports(5)
    ports = dict(zip(("SASL_PLAINTEXT", "SSL", "SASL_SSL"), rest, strict=True))
    extra = _properties(folder, client, controller, ports)
    with LocalBroker(folder / "kafka", port=client, extra=extra) as broker:
        for mechanism in SCRAM:
            add_scram_user(broker, mechanism)
        yield Guarded(broker, ports, folder)


def make_certificates(folder: Path) -> None:
    """An authority, Kafka's own certificate by it, and a client's."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    trustme.CA().cert_pem.write_to_path(folder / "other-ca.pem")
    for name, leaf in (
        ("server.pem", authority.issue_cert(_HOST)),
        ("client.pem", authority.issue_cert("worker.example")),
    ):
        # Kafka reads keys in PKCS 8 only.
        key = load_pem_private_key(leaf.private_key_pem.bytes(), None)
        text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
        (folder / name).write_bytes(text + chain)


def add_scram_user(broker: LocalBroker, mechanism: str) -> None:
    """Give Kafka the user's password, through the listener that asks for none."""
    classpath = os.pathsep.join(map(str, resolve_jars()))
    done = subprocess.run(
        [find_java(), "-XX:TieredStopAtLevel=1", "-cp", classpath, "kafka.admin.ConfigCommand",
         "--bootstrap-server", f"{_HOST}:{broker.port}", "--alter", "--entity-type", "users",
         "--entity-name", USER, "--add-config", f"{mechanism}=[password={PASSWORD}]"],
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((_HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def _properties(folder: Path, client: int, controller: int, ports: dict[str, int]) -> str:
    """Kafka's properties in place of its plain ones: a later key wins."""
    clients = {"CLIENT": client, **ports}
    shown = ",".join(f"{name}://{_HOST}:{port}" for name, port in clients.items())
    protocols = ",".join(f"{name}:{name}" for name in ports)
    lines = [
        f"controller.quorum.voters=1@{_HOST}:{controller}",
        f"listeners={shown},CONTROLLER://{_HOST}:{controller}",
        f"advertised.listeners={shown}",
        f"listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,{protocols}",
        "ssl.keystore.type=PEM",
        f"ssl.keystore.location={folder / 'server.pem'}",
        "ssl.truststore.type=PEM",
        f"ssl.truststore.location={folder / 'ca.pem'}",
        "listener.name.ssl.ssl.client.auth=required",
    ]
    for name in ("sasl_plaintext", "sasl_ssl"):
        stem = f"listener.name.{name}"
        lines.append(f"{stem}.sasl.enabled.mechanisms=PLAIN,{','.join(SCRAM)}")
        lines.append(f'{stem}.plain.sasl.jaas.config={_PLAIN} required user_{USER}="{PASSWORD}";')
        lines += [f"{stem}.{one.lower()}.sasl.jaas.config={_SCRAM} required;" for one in SCRAM]
    return "\n".join([*lines, ""])
