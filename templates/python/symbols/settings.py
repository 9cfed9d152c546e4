"""Settings of symbols, as eKuiper hands them over."""

from __future__ import annotations

import re
from typing import Any

UNITS = {"ns": 1e-6, "us": 1e-3, "µs": 1e-3, "ms": 1, "s": 1e3, "m": 60e3, "h": 3600e3}
"""Milliseconds in each unit of Go's durations."""

PART = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")


def milliseconds(name: str, value: Any) -> float:
    """Reads a time above 0: a number of milliseconds, or a text such as "500ms" and "1m30s".

    eKuiper 2 writes the numbers of some settings as such texts when they are changed in its
    manager or through its API: interval, timeout, expiration and lookup.cacheTtl.
    """
    number = value
    if isinstance(value, str):
        parts = PART.findall(value)
        is_whole = "".join(amount + unit for amount, unit in parts) == value
        number = sum(float(amount) * UNITS[unit] for amount, unit in parts) if is_whole else None
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not number > 0:
        raise ValueError(f"{name} must be a number of milliseconds, not {value!r}")
    return number
