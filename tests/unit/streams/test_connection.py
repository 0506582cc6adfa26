import ssl
from pathlib import Path

import faust
import pytest
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth
from pydantic import SecretStr

from wirewatch.config.settings import Settings
from wirewatch.errors import SettingsError
from wirewatch.streams.connection import (
    aiokafka_options,
    bootstrap_servers,
    faust_credentials,
)


def settings(**values: object) -> Settings:
    return Settings.model_validate({"broker": "kafka://k:9093", **values})


@pytest.mark.parametrize(
    ("broker", "servers"),
    [
        ("kafka://one:9092", ["one:9092"]),
        ("kafka://one", ["one:9092"]),
        ("kafka://one:1,two:2", ["one:1", "two:2"]),
        ("one:1, kafka://two:2", ["one:1", "two:2"]),
    ],
)
def test_servers_are_read(broker: str, servers: list[str]) -> None:
    assert bootstrap_servers(settings(broker=broker)) == servers


@pytest.mark.parametrize("broker", ["kafka://", "kafka://:9092", "kafka://a:b", "a:1,,b:2"])
def test_a_wrong_address_is_named(broker: str) -> None:
    with pytest.raises(SettingsError, match="kafka://host:port"):
        bootstrap_servers(settings(broker=broker))


def test_plaintext_needs_nothing() -> None:
    assert aiokafka_options(settings())["security_protocol"] == "PLAINTEXT"
    assert faust_credentials(settings()) is None


def test_tls_gets_a_context_that_checks_names() -> None:
    options = aiokafka_options(settings(broker_security="SSL"))
    assert options["ssl_context"].verify_mode is ssl.CERT_REQUIRED
    assert options["ssl_context"].check_hostname
    credentials = faust_credentials(settings(broker_security="SSL"))
    auth = credentials_to_aiokafka_auth(credentials)
    assert auth["security_protocol"] == "SSL"
    assert isinstance(auth["ssl_context"], ssl.SSLContext)


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
@pytest.mark.parametrize("security", ["SASL_PLAINTEXT", "SASL_SSL"])
def test_a_password_reaches_both_clients(mechanism: str, security: str) -> None:
    ours = settings(
        broker_security=security, broker_sasl_mechanism=mechanism, broker_user="u",
        broker_password=SecretStr("p"),
    )  # fmt: skip
    options = aiokafka_options(ours)
    credentials = faust_credentials(ours)
    assert isinstance(credentials, faust.SASLCredentials)
    auth = credentials_to_aiokafka_auth(credentials)
    for given in (options, auth):
        assert given["security_protocol"] == security
        assert given["sasl_mechanism"] == mechanism
        assert (given["sasl_plain_username"], given["sasl_plain_password"]) == ("u", "p")
        assert (given.get("ssl_context") is None) is (security == "SASL_PLAINTEXT")


def test_sasl_without_a_user_is_refused() -> None:
    with pytest.raises(SettingsError, match="broker_user"):
        aiokafka_options(settings(broker_security="SASL_SSL"))


def test_a_ca_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="broker_ca_file"):
        aiokafka_options(settings(broker_security="SSL", broker_ca_file=tmp_path / "no.pem"))


def test_a_wrong_address_does_not_show_its_password() -> None:
    with pytest.raises(SettingsError, match=r"anna:\*+@kafka:x") as caught:
        bootstrap_servers(Settings(broker="kafka://anna:tulip@kafka:x"))
    assert "tulip" not in str(caught.value)
