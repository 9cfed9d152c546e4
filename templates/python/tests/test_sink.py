"""{{ symbol }} without eKuiper."""

import json
import tempfile
import unittest
from pathlib import Path

from pynng import Timeout

from symbols.{{ module }} import {{ class }}


class Acknowledgements:
    """Remembers what the sink acknowledges."""

    def __init__(self):
        self.seen = []

    def ack_ok(self):
        self.seen.append("ok")

    def ack_error(self, error):
        self.seen.append(error)


class Unread(Acknowledgements):
    """What the SDK does when eKuiper reads no acknowledgements."""

    def ack_ok(self):
        super().ack_ok()
        raise Timeout("nobody reads", 5)


class {{ class }}Test(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "rows.jsonl")
        self.context = Acknowledgements()

    def collect(self, *data, **conf):
        sink = {{ class }}()
        sink.configure({"path": str(self.path), **conf})
        sink.open(self.context)
        for item in data:
            sink.collect(self.context, item)
        sink.close(self.context)

    def written(self):
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]

    def test_takes_arrays_and_single_rows(self):
        self.collect(b'[{"n":1},{"n":2}]', b'{"n":3}')
        self.assertEqual(self.written(), [{"n": 1}, {"n": 2}, {"n": 3}])

    def test_survives_what_is_no_row(self):
        with self.assertLogs(level="WARNING"):
            self.collect(b"bare error text", b"[1]", b'{"n":1}')
        self.assertEqual(self.written(), [{"n": 1}])

    def test_acknowledges_only_when_asked(self):
        self.collect(b'{"n":1}')
        self.assertEqual(self.context.seen, [])
        with self.assertLogs(level="WARNING"):
            self.collect(b'{"n":1}', b"bare error text", requireAck=True)
        self.assertEqual(self.context.seen, ["ok", "not a row: bare error text"])

    def test_goes_on_when_acknowledgements_are_not_read(self):
        self.context = Unread()
        with self.assertLogs(level="WARNING"):
            self.collect(b'{"n":1}', b'{"n":2}', requireAck=True)
        self.assertEqual(self.written(), [{"n": 1}, {"n": 2}])
        self.assertEqual(self.context.seen, ["ok"])


if __name__ == "__main__":
    unittest.main()
