"""{{ symbol }} without eKuiper."""

import unittest

from symbols.{{ module }} import {{ class }}


class {{ class }}Test(unittest.TestCase):
    def setUp(self):
        self.function = {{ class }}()

    def test_turns_text_round(self):
        for value, expected in (("abc", "cba"), ("", ""), (12, "21"), (None, None)):
            with self.subTest(value=value):
                self.assertEqual(self.function.exec([value], None), expected)

    def test_takes_one_argument(self):
        self.assertEqual(self.function.validate([{"Name": "a"}]), "")
        self.assertNotEqual(self.function.validate(None), "")

    def test_works_row_by_row(self):
        self.assertFalse(self.function.is_aggregate())


if __name__ == "__main__":
    unittest.main()
