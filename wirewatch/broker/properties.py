"""The files that Kafka is started with."""

from __future__ import annotations

import re
from pathlib import Path

from wirewatch.broker.jars import KAFKA_VERSION

CONFIG_FILE = "server.properties"
"""Name of Kafka's configuration in its folder."""
_LISTENERS = re.compile(r"^listeners=CLIENT://.*?:(\d+),CONTROLLER://.*?:(\d+)$", re.MULTILINE)
_PROPERTIES = """\
# Written by wirewatch at each start of its own Kafka {version}.
process.roles=broker,controller
node.id=1
# A static quorum: the controller's port may differ from start to start.
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners=CLIENT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=CLIENT://127.0.0.1:{port}
listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENT
log.dirs={data}
# One broker: nothing to replicate to.
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# Topics are declared in wirewatch.streams.topics and made on purpose.
auto.create.topics.enable=false
message.max.bytes=8388608
replica.fetch.max.bytes=8388608
offsets.retention.minutes=43200
group.initial.rebalance.delay.ms=0
# After a crash the new process waits until the old one's registration has lapsed.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
log.cleaner.dedupe.buffer.size=16777216
log.cleaner.threads=1
"""

_LOGGING = """\
status = warn
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = {log}
appender.file.filePattern = {log}.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d] %p %m (%c)%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 10MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file
"""


def server_properties(data: Path, port: int, controller_port: int, extra: str = "") -> str:
    """Text of Kafka's configuration; ``extra`` is appended (a later key wins)."""
    text = _PROPERTIES.format(
        version=KAFKA_VERSION, data=data, port=port, controller_port=controller_port
    )
    return text + extra


def logging_properties(log: Path) -> str:
    """Text of log4j's configuration: everything into ``log``, at most 40 MB."""
    return _LOGGING.format(log=log)


def configured_ports(config: Path) -> tuple[int, int]:
    """Client and controller port of the last start; zeros before the first."""
    found = _LISTENERS.search(config.read_text("utf-8")) if config.exists() else None
    return (int(found[1]), int(found[2])) if found else (0, 0)
