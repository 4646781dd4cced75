"""A bundle that is to be measured."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catseye_models.bundle import check, store
from catseye_models.bundle.manifest import GRAPH
from catseye_models.bundle.provenance import OperatingPoint


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a measurement needs of a bundle.

    Attributes:
        name: of the bundle.
        digest: of the bundle, hex.
        graph: file of the fused graph.
        points: operating points by plan.
    """

    name: str
    digest: str
    graph: bytes
    points: Mapping[str, tuple[OperatingPoint, ...]]

    @staticmethod
    def read(bundle: Path) -> "Subject":
        """Read a sound bundle, its golden frame included; raise `ModelError` with all that is wrong."""
        files = store.read(bundle)
        check.require_sound(files)
        manifest = json.loads(files[store.MANIFEST])
        return Subject(
            name=manifest["name"],
            digest=store.sha256(files[store.MANIFEST]),
            graph=files[GRAPH],
            points={
                plan["name"]: tuple(
                    OperatingPoint(name=point["name"], threshold=point["threshold"], source=point["source"])
                    for point in plan["operating_points"]
                )
                for plan in manifest["plans"]
            },
        )
