"""What is worth an alert: rules from YAML, matched against incidents."""

from wirewatch.rules.decide import AlertState, Decision, decide
from wirewatch.rules.load import load, read
from wirewatch.rules.rule import Rule, RuleSet

__all__ = ["AlertState", "Decision", "Rule", "RuleSet", "decide", "load", "read"]
