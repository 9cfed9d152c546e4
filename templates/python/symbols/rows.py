"""What eKuiper sends to a sink, as rows."""

from __future__ import annotations

import json
from typing import Any


def decode_rows(data: Any) -> list[dict[str, Any]]:
    """Decodes the bytes that collect() gets; raises ValueError for what is no row.

    eKuiper sends a JSON array, or one object when the rule says sendSingle. With sendError
    eKuiper 2.x also sends the bare text of an error, which is not JSON at all.
    """
    try:
        value = json.loads(data)
    except ValueError:
        raise ValueError(f"not a row: {_short(data)}") from None
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"not a row: {_short(data)}")
    return rows


def _short(data: Any) -> str:
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
    return text if len(text) <= 200 else f"{text[:200]}…"
