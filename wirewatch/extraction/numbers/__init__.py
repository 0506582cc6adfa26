"""Numbers: every mention, its value, bounds and range, and why it may count no people."""

from wirewatch.extraction.numbers.component import wirewatch_numbers
from wirewatch.extraction.numbers.find import find_figures, head_token, visible

__all__ = ["find_figures", "head_token", "visible", "wirewatch_numbers"]
