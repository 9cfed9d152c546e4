"""{{ symbol }} without eKuiper."""

import unittest

from symbols.{{ module }} import {{ class }}
from symbols.settings import milliseconds


class StoppingContext:
    """Takes the given number of rows, then stops the source as eKuiper would."""

    def __init__(self, source, limit):
        self._source = source
        self._limit = limit
        self.rows = []

    def emit(self, message, meta):
        self.rows.append(message)
        if len(self.rows) == self._limit:
            self._source.close(self)


class {{ class }}Test(unittest.TestCase):
    def test_sends_rows_as_configured(self):
        source = {{ class }}()
        source.configure("", {"datasource": "topic", "message": "hi", "interval": 1})
        context = StoppingContext(source, 2)
        source.open(context)
        self.assertEqual(
            context.rows,
            [
                {"datasource": "topic", "message": "hi", "number": 1},
                {"datasource": "topic", "message": "hi", "number": 2},
            ],
        )

    def test_reads_an_interval_in_both_forms(self):
        for interval, expected in ((500, 500), ("500ms", 500), ("1.5s", 1500), ("1m0s", 60000)):
            with self.subTest(interval=interval):
                self.assertEqual(milliseconds("interval", interval), expected)

    def test_refuses_an_interval_that_is_no_number(self):
        for interval in (0, -1, "1000", "", "0s", "-1s", True, None):
            with self.subTest(interval=interval), self.assertRaises(ValueError):
                {{ class }}().configure("", {"interval": interval})


if __name__ == "__main__":
    unittest.main()
