"""The function {{ symbol }}(text): the text backwards."""

from __future__ import annotations

from typing import Any

from ekuiper import Context, Function


class {{ class }}(Function):
    """One instance for the whole plugin, used by all rules that call {{ symbol }}."""

    def validate(self, args: list[Any] | None) -> str:
        """Checks the arguments as written in SQL; the text it returns is the rule's error."""
        # For a call without arguments eKuiper sends nothing at all.
        count = len(args or [])
        return "" if count == 1 else f"{{ symbol }} takes 1 argument but got {count}"

    def exec(self, args: list[Any], ctx: Context) -> Any:
        """Called with every row; what is raised here becomes the error of that row."""
        value = args[0]
        # A field that the row does not have arrives as None.
        return None if value is None else str(value)[::-1]

    def is_aggregate(self) -> bool:
        """True for functions of a whole window: their arguments are lists."""
        return False
