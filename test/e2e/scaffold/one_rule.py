"""Plays eKuiper for one plugin with one source, one sink and one function, through pynng.

Arguments: plugin, source, sink, function, the file for the sink, then the command to start.
Prints what the plugin sent and answered as one JSON object; the plugin's own output goes to stderr.
"""

import json
import os
import subprocess
import sys
import time

import pynng

PLUGIN, SOURCE, SINK, FUNCTION, FILE, *COMMAND = sys.argv[1:]
RULE = PLUGIN
LIMIT_MS = 20_000


def listen(kind, name):
    socket = kind(recv_timeout=LIMIT_MS, send_timeout=LIMIT_MS)
    path = f"/tmp/{name}.ipc"
    if os.path.exists(path):
        os.remove(path)
    socket.listen(f"ipc://{path}")
    return socket


def ask(socket, question):
    """The plugin has a request open: answer it with a question and take its next request."""
    text = json.dumps(question).encode()
    socket.send(text)
    while True:
        answer = socket.recv()
        if not answer.startswith(b"h"):
            return answer.decode()
        socket.send(text)


def control(cmd, kind, symbol, operation, config):
    meta = {"ruleId": RULE if operation else "", "opId": operation, "instanceId": 0}
    argument = {"symbolName": symbol, "meta": meta, "pluginType": kind, "config": config}
    return ask(commands, {"cmd": cmd, "arg": json.dumps(argument)})


def call(*arguments):
    context = {"ruleId": RULE, "opId": "f", "instanceId": 0, "funcId": 0}
    answer = ask(calls, {"func": "Exec", "arg": [*arguments, json.dumps(context)]})
    return json.loads(answer)


seen = {}
commands = listen(pynng.Rep0, f"plugin_{PLUGIN}")
rows = listen(pynng.Pull0, f"{RULE}_source_0")
acks = listen(pynng.Pull0, f"{RULE}_sink_0_ack")
calls = listen(pynng.Rep0, f"func_{FUNCTION}")
process = subprocess.Popen(COMMAND + ['{"sendTimeout":1000}'], stdout=sys.stderr)
try:
    commands.recv()
    settings = {"datasource": "topic", "interval": 1, "message": "hi", "format": "json"}
    seen["startSource"] = control("start", "source", SOURCE, "source", settings)
    seen["rows"] = [json.loads(rows.recv()) for _ in range(2)]
    seen["stopSource"] = control("stop", "source", SOURCE, "source", settings)

    wrong = {**settings, "interval": "soon"}
    seen["wrongSource"] = control("start", "source", SOURCE, "other", wrong)

    settings = {"path": FILE, "requireAck": True}
    seen["startSink"] = control("start", "sink", SINK, "sink", settings)
    with pynng.Push0(send_timeout=LIMIT_MS) as push:
        push.dial(f"ipc:///tmp/{RULE}_sink_0.ipc", block=True)
        push.send(b'[{"a":1},{"a":2}]')
        push.send(b"a bare error text")
        push.send('{"a":"ä"}'.encode())
        # The file is written by another process: ask until the last row is there.
        while True:
            if os.path.exists(FILE):
                with open(FILE, encoding="utf-8") as file:
                    lines = file.read().splitlines()
                if len(lines) == 3:
                    break
            time.sleep(0.01)
    seen["written"] = [json.loads(line) for line in lines]
    seen["stopSink"] = control("stop", "sink", SINK, "sink", settings)

    seen["startFunction"] = control("start", "func", FUNCTION, "", None)
    if not seen["startFunction"].startswith("ok"):
        raise SystemExit(seen["startFunction"])
    calls.recv()
    fields = [{"StreamName": "demo", "Name": "a", "HasIndex": False}]
    seen["validate"] = json.loads(ask(calls, {"func": "Validate", "arg": fields}))
    seen["validateTwo"] = json.loads(ask(calls, {"func": "Validate", "arg": fields * 2}))["state"]
    seen["aggregate"] = json.loads(ask(calls, {"func": "IsAggregate", "arg": None}))
    seen["calls"] = [call("abc"), call(12), call(None), call("ä你")]
    print(json.dumps(seen))
finally:
    process.kill()
    process.wait()
    for socket in (commands, rows, acks, calls):
        socket.close()
