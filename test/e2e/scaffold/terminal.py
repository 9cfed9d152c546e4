"""Runs a command in a terminal and types into it as a person would.

Arguments: a JSON list of [text to wait for, keys to type], then the command.
Prints {"code", "screen"} as JSON; escape sequences are taken out of the screen.
"""

import json
import os
import pty
import re
import select
import sys

STEPS, *COMMAND = sys.argv[1:]
LIMIT_SECONDS = 30
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execvp(COMMAND[0], COMMAND)

screen = ""


def read():
    """The next piece of output; False at the end of the program."""
    global screen
    if not select.select([terminal], [], [], LIMIT_SECONDS)[0]:
        raise SystemExit(f"nothing more came after: {screen[-500:]}")
    try:
        data = os.read(terminal, 65536)
    except OSError:
        return False
    screen = ESCAPES.sub("", screen + data.decode("utf-8", "replace"))
    return bool(data)


seen = 0
for text, keys in json.loads(STEPS):
    while text not in screen[seen:]:
        if not read():
            raise SystemExit(f"it ended before {text!r}: {screen}")
    seen = len(screen)
    os.write(terminal, keys.encode())
while read():
    pass
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"code": code, "screen": screen}))
