"""The source {{ symbol }}: sends a row at a fixed interval."""

from __future__ import annotations

import logging
import threading
from typing import Any

from ekuiper import Context, Source
from pynng import Timeout

from symbols.settings import milliseconds

log = logging.getLogger(__name__)


class {{ class }}(Source):
    """One instance for every rule; its settings come from sources/{{ symbol }}.yaml."""

    def __init__(self) -> None:
        self._datasource = ""
        self._message = ""
        self._interval = 1.0
        self._closed = threading.Event()

    def configure(self, datasource: str, conf: dict[str, Any]) -> None:
        """Reads the settings; what is raised here is what the rule fails with."""
        # The SDK always hands over "": eKuiper 2.x puts the stream's DATASOURCE into conf, 1.14 does not.
        self._datasource = datasource or str(conf.get("datasource", ""))
        self._message = str(conf.get("message", "hello"))
        interval = milliseconds("interval", conf.get("interval", 1000))
        self._interval = interval / 1000
        log.info("{{ symbol }}: %r every %s ms", self._datasource, interval)

    def open(self, ctx: Context) -> None:
        """Runs in a thread of its own until close() is called."""
        number = 0
        while not self._closed.is_set():
            number += 1
            row = {"datasource": self._datasource, "message": self._message, "number": number}
            try:
                ctx.emit(row, None)
            except Timeout:
                # An exception that leaves open() would end the source for good.
                log.warning("{{ symbol }}: eKuiper took no row for a second, row %d is lost", number)
            self._closed.wait(self._interval)

    def close(self, ctx: Context) -> None:
        """Called when the rule stops."""
        self._closed.set()
