"""Fitted trees that weigh the rules' evidence with the learned heads'."""
