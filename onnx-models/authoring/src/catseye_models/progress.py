"""Progress of work that takes minutes."""

import sys
from types import TracebackType

from tqdm import tqdm


class StageBar:
    """A progress bar on stderr that names the stage at work; shown on a terminal only, and closed on leaving `with`.

    Args:
        stages: how many there will be; None when nobody knows.
        quiet: show nothing.
    """

    def __init__(self, stages: int | None, *, quiet: bool) -> None:
        self._bar = tqdm(total=stages, unit="stage", disable=quiet or not sys.stderr.isatty())
        self._begun = False

    def begin(self, stage: str) -> None:
        """Count the stage at work, if any, as done and name the next one."""
        if self._begun:
            self._bar.update()
        self._begun = True
        self._bar.set_description(stage)

    def __enter__(self) -> "StageBar":
        """Return the bar."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Count the last stage, unless it failed, and close the bar."""
        if failure is None:
            self._bar.update()
        self._bar.close()
