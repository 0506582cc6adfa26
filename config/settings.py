"""All settings: one frozen object, a docstring a field.

Precedence, weakest first: the defaults here, a YAML file, ``WIREWATCH_…`` variables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "WIREWATCH_"
"""What the name of every variable that sets something begins with."""


class Settings(BaseSettings):
    """What an operator may set. Built once, in the command line's entry, and handed down."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given, nothing else: sources.py reads file and environment, once."""
        return (init_settings,)

    # Kafka
    broker: str | None = None
    """``kafka://host:port[,host:port]`` of an existing Kafka; unset: one of our own is started."""
    broker_security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    """How to speak to Kafka."""
    broker_ca_file: Path | None = None
    """PEM file of the authority that signed Kafka's certificate; unset: the system's."""
    broker_cert_file: Path | None = None
    """PEM file of our client certificate, where Kafka asks for one."""
    broker_key_file: Path | None = None
    """PEM file of the client certificate's key."""
    broker_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "PLAIN"
    """SASL mechanism."""
    broker_user: str | None = None
    """SASL user name."""
    broker_password: SecretStr | None = None
    """SASL password."""
    topic_prefix: str = Field("", pattern=r"^[a-zA-Z0-9._-]*$", max_length=100)
    """Put before each topic's and group's name, so that installations can share a Kafka."""
    partitions: int = Field(8, ge=1, le=1000)
    """Partitions of each topic: the bound on workers that share a stage."""
    replication: int = Field(1, ge=1, le=10)
    """Copies Kafka keeps of each partition; 3 where there are three brokers."""
    session_timeout_seconds: float = Field(45, ge=6, le=600)
    """After this long without a heartbeat Kafka gives a worker's partitions to others."""
    broker_port: int = Field(0, ge=0, le=65535)
    """Port of our own Kafka; 0: the one of last time, or any free one."""
    kafka_jars: Path | None = None
    """Offline folder with Kafka's jars; unset: they are downloaded once."""
    kafka_mirror: str | None = None
    """Maven repository to download Kafka's jars from; unset: the public one."""

    # Files
    data_dir: Path = Field(default_factory=lambda: user_data_path("wirewatch"))
    """Where our own Kafka and the workers' tables keep their data."""
    feeds_file: Path | None = None
    """The feeds to watch; unset: the list that ships with wirewatch."""
    rules_file: Path | None = None
    """What is worth an alert; unset: the rules that ship with wirewatch."""

    deliver_file: Path | None = None
    """Where alerts are handed to: webhooks, chat, mail; unset: nowhere."""

    # Reader
    extract_processes: int = Field(0, ge=0, le=256)
    """Worker processes that read articles; 0: one a core."""
    stall_seconds: float = Field(300, ge=1, le=86400)
    """A partition with records waiting and none done for this long makes the worker unhealthy."""
    worker_name: str | None = Field(None, pattern=r"^[a-zA-Z0-9._-]{1,60}$")
    """Lasting name of a worker, unique in the installation; unset: its host and data folder's."""
    min_confidence: float = Field(0.5, ge=0, le=1)
    """Claims less certain than this are left out."""
    spacy_pipeline: str | None = None
    """Name or folder of a spaCy pipeline with Universal Dependencies labels; unset: our own."""

    # Incidents
    incident_open_days: float = Field(14, ge=1, le=28)
    """An incident takes reports until so many days after its last one; it is forgotten after 30."""

    # Poller
    allow_private_addresses: bool = False
    """Whether feeds on loopback and private networks may be fetched."""
    user_agent_contact: str | None = Field(None, max_length=200, pattern=r"^[ -~]*$")
    """A web or mail address for publishers who wonder about our requests."""

    # Web and logs
    http_host: str = "127.0.0.1"
    """Where /healthz, /readyz and /metrics listen."""
    http_port: int = Field(6066, ge=0, le=65535)
    """Port of the same; 0: any free one."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe log line to write."""
    log_format: Literal["auto", "console", "json"] = "auto"
    """auto: console on a terminal, JSON lines elsewhere."""
