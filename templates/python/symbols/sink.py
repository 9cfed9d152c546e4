"""The sink {{ symbol }}: appends rows to a file, one JSON object a line, or logs them."""

from __future__ import annotations

import json
import logging
from typing import Any

from ekuiper import Context, Sink
from pynng import Timeout

from symbols.rows import decode_rows

log = logging.getLogger(__name__)


class {{ class }}(Sink):
    """One instance for every rule; its settings come from the rule's action."""

    def __init__(self) -> None:
        self._path = ""
        self._acknowledges = False

    def configure(self, conf: dict[str, Any]) -> None:
        """Reads the settings; what is raised here is what the rule fails with."""
        self._path = str(conf.get("path", ""))
        # Only then does eKuiper read acknowledgements; unread ones would fill up and block.
        self._acknowledges = conf.get("requireAck") is True
        log.info("{{ symbol }}: rows go to %s", self._path or "the log")

    def open(self, ctx: Context) -> None:
        """Called once before the first row."""

    def collect(self, ctx: Context, data: Any) -> None:
        """Called with every row; an exception that leaves it would end the sink for good."""
        error = ""
        try:
            self._write(decode_rows(data))
        except (ValueError, OSError) as problem:
            error = str(problem)
            log.warning("{{ symbol }}: %s", error)
        if self._acknowledges:
            self._acknowledge(ctx, error)

    def close(self, ctx: Context) -> None:
        """Called when the rule stops."""

    def _acknowledge(self, ctx: Context, error: str) -> None:
        try:
            if error:
                ctx.ack_error(error)
            else:
                ctx.ack_ok()
        except Timeout:
            # eKuiper 1.14 reads none. Every further row would wait a second as well.
            self._acknowledges = False
            log.warning("{{ symbol }}: eKuiper reads no acknowledgements, so none are sent from now on")

    def _write(self, rows: list[dict[str, Any]]) -> None:
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        if not self._path:
            for line in lines:
                log.info("{{ symbol }}: %s", line)
            return
        with open(self._path, "a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
