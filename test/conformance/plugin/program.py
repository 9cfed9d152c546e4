"""The plugin of the conformance suite: everything that it says names the version that says it."""

import json
import os
import sys
import threading
import time

import ekuiper_update_workaround
from ekuiper import Function, PluginConfig, Sink, Source, plugin

NAME = "{{ name }}"
VERSION = "{{ version }}"
MANNER = "{{ manner }}"
WHICH = "kpc which"
CRASH = "kpc crash"


class Ticks(Source):
    def __init__(self):
        self._closed = threading.Event()

    def configure(self, datasource, conf):
        pass

    def open(self, ctx):
        n = 0
        while not self._closed.is_set():
            try:
                ctx.emit({"n": n, "made_by": VERSION}, None)
            except Exception:
                pass
            n += 1
            self._closed.wait(0.1)

    def close(self, ctx):
        self._closed.set()


class Taken(Sink):
    def configure(self, conf):
        pass

    def open(self, ctx):
        pass

    def collect(self, ctx, data):
        pass

    def close(self, ctx):
        pass


class Version(Function):
    def validate(self, args):
        text = json.dumps(args)
        if CRASH in text:
            os._exit(3)
        # A refusal names the version: an answer without rows.
        return f"{NAME} answers as {VERSION}" if WHICH in text else ""

    def exec(self, args, ctx):
        if CRASH in args:
            os._exit(3)
        return VERSION

    def is_aggregate(self):
        return False


VERSION_FUNCTION = Version()

CONFIG = PluginConfig(
    "{{ name }}",
    {"{{ name }}_ticks": lambda: Ticks()},
    {"{{ name }}_taken": lambda: Taken()},
    {"{{ function }}": lambda: VERSION_FUNCTION},
)

if __name__ == "__main__":
    if MANNER == "dies":
        sys.exit(3)
    while MANNER == "hangs":
        time.sleep(1)
    ekuiper_update_workaround.install(CONFIG)
    plugin.start(CONFIG)
