"""Apache Kafka on this machine, as a child process."""
