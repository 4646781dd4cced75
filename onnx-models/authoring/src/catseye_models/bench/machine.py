"""What a figure was measured on."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_int8", "amx_bf16")
"""Instruction sets that decide how fast networks run, as Linux names them."""

CPUINFO = Path("/proc/cpuinfo")


def processor() -> tuple[str, list[str]]:
    """Return the processor's name and those of `FLAGS` that it has; where Linux does not tell, none."""
    if not CPUINFO.is_file():
        return platform.processor() or platform.machine(), []
    told = dict(line.split(":", 1) for line in CPUINFO.read_text().splitlines() if ":" in line)
    fields = {key.strip(): value.strip() for key, value in told.items()}
    have = fields.get("flags", "").split()
    return fields.get("model name", platform.machine()), [flag for flag in FLAGS if flag in have]


def versions(packages: Sequence[str]) -> dict[str, str]:
    """Return the versions of Python and of the packages that are installed."""
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def load() -> list[float]:
    """Return how many processes wanted to run over the last 1, 5 and 15 minutes."""
    return [round(one, 2) for one in os.getloadavg()]
