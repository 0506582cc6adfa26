"""The Kafka side: topics, codecs, the Faust app and its hardening."""
