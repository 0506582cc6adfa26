"""Every error wirewatch raises on purpose. The message is one line fit for a user."""


class WirewatchError(Exception):
    """Base of all; ``str(error)`` says what is wrong and what to do, without a traceback."""


class SettingsError(WirewatchError):
    """A setting or a file is wrong; the message names file, key and what is allowed."""


class BrokerError(WirewatchError):
    """Kafka cannot be reached, started or used as asked."""


class FeedError(WirewatchError):
    """A feed cannot be fetched or read; the message names the feed."""


class ArticleError(WirewatchError):
    """An article cannot be read; the message names the article or file."""


class RuleError(WirewatchError):
    """A rule is wrong; the message names file, line, key and the allowed words."""


class DeliveryError(WirewatchError):
    """An alert could not be handed to a target; the message names the target."""
