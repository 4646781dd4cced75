"""Which commit of this package is at work."""

import subprocess
from pathlib import Path


def commit() -> str:
    """Return the commit of the checkout that this code lies in, `-dirty` if it was changed since, or `unknown`."""
    command = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
