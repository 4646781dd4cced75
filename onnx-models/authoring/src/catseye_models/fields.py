"""Reading a JSON object field by field while collecting every mistake instead of stopping at the first."""

import difflib
import json
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from catseye_models.errors import UsageError


def read_object(path: Path) -> dict[str, object]:
    """Return the JSON object in `path`; raise `UsageError` naming the file when there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: is a folder, expected a JSON file") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as mistake:
        raise UsageError(f"{path}: not JSON: {mistake}") from None
    if not isinstance(value, dict):
        raise UsageError(f"{path}: expected a JSON object, found {type(value).__name__}")
    return value


class Fields:
    """The fields of one JSON object, and what is wrong with them.

    A method that finds a mistake notes it in `problems` and returns a harmless stand-in, so that reading can go on.

    Attributes:
        problems: sentences, each beginning with the key, in the order found.
    """

    def __init__(self, values: Mapping[str, object], *, known: Sequence[str]) -> None:
        self.values = values
        self.problems: list[str] = []
        for key in values:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                self.problems.append(f"{key}: unknown key" + (f", did you mean {near[0]}?" if near else ""))

    def has(self, key: str) -> bool:
        """Tell whether the key is there at all."""
        return key in self.values

    def wrong(self, key: str, sentence: str) -> None:
        """Note a mistake of `key`."""
        self.problems.append(f"{key}: {sentence}")

    def require_sound(self, where: str) -> None:
        """Raise `UsageError` with every mistake noted so far, if any, each with `where` in front."""
        if self.problems:
            raise UsageError(*(f"{where}: {problem}" for problem in self.problems))

    def text(self, key: str, *, default: str | None = None, choices: Sequence[str] = ()) -> str:
        """Return a non-empty text, one of `choices` where there are any."""
        value = self._required(key, default)
        if not isinstance(value, str) or not value:
            if value is not _MISSING:
                self.wrong(key, f"{value!r} is not text")
            return default or ""
        if choices and value not in choices:
            self.wrong(key, f"{value!r} is none of {', '.join(choices)}")
        return value

    def number(self, key: str, *, default: float | None = None) -> float:
        """Return a finite number other than 0; a text of the form `1/255` is a number too."""
        value = self._required(key, default)
        if value is _MISSING:
            return 1.0
        number = as_number(value)
        if number is None or number == 0:
            self.wrong(key, f"{value!r} is not a finite number other than 0")
            return 1.0
        return number

    def factor(self, key: str) -> float:
        """Return a finite number, 0 when the key is left out."""
        value = as_number(self.values.get(key, 0.0))
        if value is None:
            self.wrong(key, f"{self.values[key]!r} is not a finite number")
            return 0.0
        return value

    def numbers(self, key: str, *, count: int) -> tuple[float, ...]:
        """Return exactly `count` finite numbers."""
        value = self._required(key, None)
        stand_in = (1.0,) * count
        if value is _MISSING:
            return stand_in
        numbers = [as_number(item) for item in value] if isinstance(value, list) else []
        if len(numbers) != count or any(number is None for number in numbers):
            self.wrong(key, f"{value!r} is not a list of {count} finite numbers")
            return stand_in
        return tuple(number for number in numbers if number is not None)

    def size(self, key: str) -> tuple[int, int]:
        """Return [width, height] in pixels, each 1 to 16384."""
        value = self._required(key, None)
        if value is _MISSING:
            return (1, 1)
        if (
            not isinstance(value, list)
            or len(value) != 2
            or not all(isinstance(side, int) and not isinstance(side, bool) and 1 <= side <= 16384 for side in value)
        ):
            self.wrong(key, f"{value!r} is not [width, height] with sides of 1 to 16384 px")
            return (1, 1)
        return (value[0], value[1])

    def _required(self, key: str, default: object) -> object:
        if key in self.values:
            return self.values[key]
        if default is None:
            self.wrong(key, "missing")
            return _MISSING
        return default


def as_number(value: object) -> float | None:
    """Return a finite number from a JSON number or from a text such as `1/255`, otherwise None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.count("/") == 1:
        try:
            return float(Fraction(value.replace(" ", "")))
        except (ValueError, ZeroDivisionError):
            return None
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    return None


_MISSING = object()
