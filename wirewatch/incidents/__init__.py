"""From events to incidents: linking reports of one happening and keeping its toll."""
