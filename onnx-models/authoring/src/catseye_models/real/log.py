"""The log of evaluations on real frames: one JSON object per line, and no more lines than are allowed."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from catseye_models.bundle.subject import Subject
from catseye_models.checkout import commit
from catseye_models.errors import UsageError
from catseye_models.scores import Figures

MOST: Final = 5
"""Evaluations; whoever looks more often begins to fit what he sees."""


def require_room(log: Path) -> int:
    """Return how many evaluations a log may still take; raise `UsageError` when there are none, or it is no log."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    for number, line in enumerate(lines, start=1):
        try:
            json.loads(line)
        except json.JSONDecodeError as mistake:
            raise UsageError(f"{log}: line {number} is not JSON: {mistake}") from None
    if len(lines) >= MOST:
        raise UsageError(f"{log}: holds {len(lines)} evaluations on real frames, no more than {MOST} are allowed")
    return MOST - len(lines)


def append(log: Path, subject: Subject, rows: Sequence[Figures], *, note: str) -> None:
    """Add an evaluation: date (UTC), commit of the code, bundle and digest, what was tried, and its rows."""
    entry = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "bundle": subject.name,
        "digest": subject.digest,
        "note": note,
        "rows": list(rows),
    }
    with log.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
