"""main.py and the manifest name the same symbols."""

import json
import unittest
from pathlib import Path

from main import CONFIG

PROJECT = Path(__file__).resolve().parent.parent


class PluginTest(unittest.TestCase):
    def test_agrees_with_the_manifest(self):
        manifest = json.loads((PROJECT / f"{CONFIG.name}.json").read_text(encoding="utf-8"))
        for kind in ("sources", "sinks", "functions"):
            with self.subTest(kind=kind):
                registered = getattr(CONFIG, kind)
                self.assertEqual(sorted(registered), sorted(manifest.get(kind) or []))


if __name__ == "__main__":
    unittest.main()
