"""How to speak to Kafka: one setting, in aiokafka's and in Faust's words."""

from __future__ import annotations

import ssl
from typing import Any

import faust
from yarl import URL

from wirewatch.config.settings import Settings
from wirewatch.config.sources import shown_value
from wirewatch.errors import BrokerError, SettingsError
from wirewatch.safety import one_line


def bootstrap_servers(settings: Settings) -> list[str]:
    """``host:port`` of each broker named in ``settings.broker``; raises SettingsError."""
    return [f"{url.host}:{url.port or 9092}" for url in broker_urls(settings)]


def broker_urls(settings: Settings) -> list[URL]:
    """``kafka://host:port`` of each broker named; raises SettingsError."""
    if not settings.broker:
        raise SettingsError("no broker: set WIREWATCH_BROKER=kafka://host:port")
    addresses = settings.broker.removeprefix("kafka://").split(",")
    try:
        urls = [URL(f"kafka://{address.strip().removeprefix('kafka://')}") for address in addresses]
        good = all(url.host and (url.port or 9092) for url in urls)
    except ValueError:
        good = False
    if not good:
        shown = shown_value(settings, "broker")
        raise SettingsError(f"broker is {shown!r}: expected kafka://host:port[,host:port…]")
    return urls


def aiokafka_options(settings: Settings) -> dict[str, Any]:
    """Keyword arguments that every aiokafka client takes."""
    options: dict[str, Any] = {
        "bootstrap_servers": bootstrap_servers(settings),
        "security_protocol": settings.broker_security,
    }
    if _encrypted(settings):
        options["ssl_context"] = tls_context(settings)
    if _with_password(settings):
        user, password = _login(settings)
        options["sasl_mechanism"] = settings.broker_sasl_mechanism
        options["sasl_plain_username"] = user
        options["sasl_plain_password"] = password
    return options


def faust_credentials(settings: Settings) -> Any:
    """Faust's credentials object; None for PLAINTEXT."""
    context = tls_context(settings) if _encrypted(settings) else None
    if _with_password(settings):
        user, password = _login(settings)
        return faust.SASLCredentials(
            username=user,
            password=password,
            ssl_context=context,
            mechanism=settings.broker_sasl_mechanism,
        )
    # SSLCredentials(cafile=…) raises in faust-streaming 0.15.3; a context does not.
    return faust.SSLCredentials(context=context) if context else None


def tls_context(settings: Settings) -> ssl.SSLContext:
    """Context that checks Kafka's certificate; raises SettingsError if a file cannot be used."""
    try:
        context = ssl.create_default_context(cafile=settings.broker_ca_file)
        if settings.broker_cert_file:
            context.load_cert_chain(settings.broker_cert_file, settings.broker_key_file)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(
            f"broker_ca_file, broker_cert_file or broker_key_file cannot be used: {error}"
        ) from error
    return context


def unreachable(settings: Settings, error: BaseException) -> BrokerError:
    """The one line for a Kafka that does not answer."""
    servers = ", ".join(bootstrap_servers(settings))
    return BrokerError(
        f"Kafka at {servers} ({settings.broker_security}) does not answer: "
        f"{type(error).__name__}: {one_line(str(error))}{_hint(settings)}"
    )


def _hint(settings: Settings) -> str:
    """What else may be wrong: aiokafka does not tell a refusal from a dead server."""
    hint = ""
    if _encrypted(settings):
        hint += "; does broker_ca_file hold who signed its certificate, and does it want ours?"
    if _with_password(settings):
        hint += "; are user, password and mechanism right?"
    return hint


def _encrypted(settings: Settings) -> bool:
    return settings.broker_security in {"SSL", "SASL_SSL"}


def _with_password(settings: Settings) -> bool:
    return settings.broker_security.startswith("SASL")


def _login(settings: Settings) -> tuple[str, str]:
    if settings.broker_user is None or settings.broker_password is None:
        raise SettingsError(
            f"broker_security is {settings.broker_security}: broker_user and broker_password are "
            "needed with it"
        )
    return settings.broker_user, settings.broker_password.get_secret_value()
