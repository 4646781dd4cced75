"""The failures that a user can cause or mend; everything else is a bug and keeps its traceback."""

from collections.abc import Sequence


class AuthoringError(Exception):
    """What went wrong, as one list of sentences that name the thing and the numbers.

    Attributes:
        problems: at least one sentence, in the order found.
        exit_code: what the command line returns for it.
    """

    exit_code = 1

    def __init__(self, *problems: str) -> None:
        if not problems:
            raise ValueError("an AuthoringError needs at least one problem")
        super().__init__("\n".join(problems))
        self.problems: Sequence[str] = problems


class UsageError(AuthoringError):
    """Wrong arguments or a wrong spec file: the caller has to change what was asked."""

    exit_code = 2


class ModelError(AuthoringError):
    """A network, graph or bundle that cannot be used as it is."""
