"""The demo: sample feeds of our own, served from loopback."""
