"""Measuring the reader and the linker against labels."""
