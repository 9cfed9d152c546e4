"""Keeps the plugin running when eKuiper updates it or starts it again.

It takes the place of three parts of the SDK that fail with eKuiper 1.14 to 2.4:

- Functions. To a new process of the plugin eKuiper repeats the start of one function only, the
  last one it ever started, and believes that the others run. Calling those then fails until
  eKuiper itself is restarted (lf-edge/ekuiper #3784, #4077):

      validate function f error: time out, plugin p status running, message: .

  But eKuiper still listens on the socket of every function that it started. So the plugin dials
  them all when it starts, without waiting to be asked.
- The keep-alive. From 2.4 on the SDK repeats its handshake after 5 idle seconds. eKuiper 1.14 and
  2.0 take that for the answer to a command ("receive error: handshake"): sinks do not start, and
  an update can end eKuiper 2.0 itself. 2.1.3 to 2.4 may take one that an old process left behind
  for the handshake of a new one that hangs. Nothing needs it: a local socket does not fall asleep.
- The end of a sink. eKuiper 1.14 keeps the socket for acknowledgements, so that a rule with the
  sink cannot be started a second time ("address in use").

Three rules make the connections of functions safe:

1. One connection for each function socket, ever. With two, eKuiper mixes up the replies and
   a row gets the result of the row before. The SDK would open a second one when the start of a
   function arrives, so this module takes the place of the SDK's own start of functions.
2. In the background, with a short limit. The socket file of a dead server must not delay the
   plugin's handshake, for which eKuiper waits.
3. A connection that drops is forgotten, so that the next start dials again.

It works with the SDK from 1.14 to 2.4 (tried with 1.14.7, 2.3.1 and 2.4.2): ekuiper.runtime.plugin
looks up the names PairChannel, FunctionRuntime and SinkRuntime in itself. Once the SDK works around
this by itself, remove this file and the two lines in main.py that use it.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any, Callable

import pynng
from ekuiper import Function, PluginConfig
from ekuiper.runtime import plugin as sdk
from ekuiper.runtime.function import FunctionRuntime
from ekuiper.runtime.sink import SinkRuntime

log = logging.getLogger(__name__)

RESUME_SECONDS = 1.0
"""How long a socket file that is already there may take to answer when the plugin starts."""

START_SECONDS = 4.0
"""The same when eKuiper asks for the function; eKuiper itself waits 5 seconds."""

DIALS = 50
"""How often the plugin dials eKuiper when it starts, ten times a second, as the SDK does."""

NEVER_MS = 24 * 3600 * 1000
"""The library dials again by itself after a drop; so late that this connection is long closed."""


REPLACED = ("PairChannel", "FunctionRuntime", "SinkRuntime")
"""The names that the SDK looks up when they are used, so that they can be replaced."""


def install(config: PluginConfig) -> None:
    """Call it just before plugin.start(config)."""
    if not all(hasattr(sdk, name) for name in REPLACED):
        log.warning("this SDK works in another way: the plugin will not survive updates")
        return
    config.functions = {symbol: _Once(make) for symbol, make in config.functions.items()}
    functions = _Functions(config)
    sdk.PairChannel = _Control
    sdk.FunctionRuntime = functions.start
    sdk.SinkRuntime = _Sink
    for symbol in config.functions:
        threading.Thread(target=functions.resume, args=(symbol,), daemon=True).start()


class _Control:
    """What the SDK uses instead of PairChannel(name, 0): the same without the keep-alive."""

    def __init__(self, name: str, _: int) -> None:
        self._socket = pynng.Req0(resend_time=0)
        self._socket.recv_max_size = 0
        url = f"ipc:///tmp/plugin_{name}.ipc"
        for left in reversed(range(DIALS)):
            try:
                self._socket.dial(url, block=True)
                return
            except pynng.NNGException as error:
                if not left:
                    raise SystemExit(f"nobody listens on {url}: {error}") from None
                time.sleep(0.1)

    def run(self, reply: Callable[[bytes], bytes]) -> None:
        """Answers commands until the connection drops: eKuiper has ended then, and so does the plugin."""
        message = b"handshake"
        try:
            while True:
                self._socket.send(message)
                message = reply(self._socket.recv())
        except pynng.NNGException as error:
            log.info("eKuiper closed the connection: %s", error)


class _Sink(SinkRuntime):
    """The SDK's sink, which also removes the socket file that eKuiper 1.14 leaves behind."""

    def __init__(self, ctrl: dict[str, Any], sink: Any) -> None:
        super().__init__(ctrl, sink)
        meta = ctrl["meta"]
        self._file = f"/tmp/{meta['ruleId']}_{meta['opId']}_{meta['instanceId']}_ack.ipc"

    def stop(self) -> None:
        """Called before the SDK answers the stop; eKuiper 2 has removed the file by then."""
        super().stop()
        try:
            os.unlink(self._file)
        except OSError:
            pass


def _socket_file(symbol: str) -> str:
    return f"/tmp/func_{symbol}.ipc"


class _Once:
    """Makes a function when it is first asked for: it may load a model, which is not done twice."""

    def __init__(self, make: Callable[[], Function]) -> None:
        self._make = make
        self._made: Function | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Function:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


class _Functions:
    """The connections of all functions, at most one for each."""

    def __init__(self, config: PluginConfig) -> None:
        self._functions = config.functions
        self._locks = {symbol: threading.Lock() for symbol in config.functions}
        self._connections: dict[str, _Connection] = {}

    def resume(self, symbol: str) -> None:
        """Dials where eKuiper may still be listening; says nothing to eKuiper when it is not."""
        if not os.path.exists(_socket_file(symbol)):
            return
        try:
            self._connect(symbol, RESUME_SECONDS)
        except Exception as error:  # pylint: disable=broad-except
            log.info("function %s waits for its start: %s", symbol, error)

    def start(self, ctrl: dict[str, Any], _: Function) -> _Connection:
        """What the SDK calls instead of FunctionRuntime(ctrl, function)."""
        return self._connect(ctrl["symbolName"], START_SECONDS)

    def _connect(self, symbol: str, limit: float) -> _Connection:
        with self._locks[symbol]:
            connection = self._connections.get(symbol)
            if connection is None or connection.dropped.is_set():
                connection = _Connection(symbol, self._functions[symbol](), limit)
                self._connections[symbol] = connection
            return connection


class _Calls(FunctionRuntime):
    """The SDK's way of answering calls without its way of dialling."""

    def __init__(self, symbol: str, function: Function) -> None:
        # super().__init__() would dial.
        self.s = function
        self.key = f"func_{symbol}"
        self.funcs: dict[str, Any] = {}
        self.running = True


class _Connection:
    """One connection to a function socket, from the dial to the drop."""

    def __init__(self, symbol: str, function: Function, limit: float) -> None:
        """Raises ConnectionError when nobody answers within the limit, in seconds."""
        self.dropped = threading.Event()
        self._symbol = symbol
        self._calls = _Calls(symbol, function)
        self._socket = pynng.Req0(send_timeout=1000, resend_time=0)
        self._socket.recv_max_size = 0
        connected = threading.Event()
        self._socket.add_pre_pipe_connect_cb(self._refuse_second)
        self._socket.add_post_pipe_connect_cb(lambda _: connected.set())
        self._socket.add_post_pipe_remove_cb(lambda _: self.dropped.set())
        self._seen = False
        dialer = self._socket.dial(f"ipc://{_socket_file(symbol)}", block=False)
        if not connected.wait(limit):
            self._socket.close()
            raise ConnectionError(f"nobody listens on {_socket_file(symbol)}")
        dialer.reconnect_time_min = NEVER_MS
        threading.Thread(target=self._serve, daemon=True).start()

    def run(self) -> None:
        """The SDK runs what a start gave it in a thread; this one already runs."""

    def _refuse_second(self, pipe: pynng.Pipe) -> None:
        # Should the library dial again all the same, nothing is sent on it.
        if self._seen:
            pipe.close()
        self._seen = True

    def _serve(self) -> None:
        log.info("function %s is connected", self._symbol)
        message = b"handshake"
        try:
            while not self.dropped.is_set():
                self._socket.send(message)
                message = self._calls.do_run(self._socket.recv())
        except pynng.NNGException as error:
            log.info("function %s lost its connection: %s", self._symbol, error)
        finally:
            self.dropped.set()
            self._socket.close()
