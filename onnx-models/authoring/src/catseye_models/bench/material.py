"""What a bench needs of a bundle, and of the checkpoints that it was imported from."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catseye_models.bench.forms import Form, fused, modules, stages
from catseye_models.bundle import store
from catseye_models.compose.synboost import Size
from catseye_models.errors import ModelError, UsageError
from catseye_models.module import ModuleSpec
from catseye_models.spec import NetworkSpec

if TYPE_CHECKING:
    from catseye_models.released.light import ReleasedFile

PLAN = "synboost-light"
ROLES = ("segmentation", "synthesis", "perceptual", "dissimilarity")
"""Networks that the plan runs."""


@dataclass(frozen=True, kw_only=True)
class Material:
    """A bundle of the plan with all forms of its networks.

    Attributes:
        title: name and digest.
        graph: file of the fused graph.
        stages: entry of `bundle.json` and file of each stage, in order.
        modules: file of each network, by role.
        feed: of the segmentation network.
        size: working size, height and width.
        frame: file of the golden frame.
    """

    title: str
    graph: bytes
    stages: Sequence[tuple[Mapping[str, Any], bytes]]
    modules: Mapping[str, bytes]
    feed: NetworkSpec
    size: Size
    frame: bytes

    @staticmethod
    def read(bundle: Path) -> "Material":
        """Read a bundle; raise `ModelError` in one line when it has not all that a bench needs."""
        files = store.read(bundle)
        try:
            manifest = json.loads(files[store.MANIFEST])
            plans = {plan["name"] for plan in manifest["plans"]}
            roles = {entry["name"]: entry for entry in manifest["modules"] if entry["name"] in ROLES}
            steps = manifest.get("stages", [])
            title = f"{manifest['name']} {store.sha256(files[store.MANIFEST])[:12]}"
        except (KeyError, TypeError, ValueError):
            raise ModelError(f"{bundle}: is no bundle") from None
        if PLAN not in plans:
            raise ModelError(f"{bundle}: has no plan {PLAN}, the one that is timed; it has {', '.join(sorted(plans))}")
        if set(roles) != set(ROLES) or not steps:
            raise ModelError(f"{bundle}: carries no networks and stages; write it again with --modules")
        return Material(
            title=title,
            graph=_file(files, manifest["graphs"][0]),
            stages=[(step, _file(files, step)) for step in steps],
            modules={role: _file(files, entry) for role, entry in roles.items()},
            feed=NetworkSpec.parse(roles["segmentation"]["spec"], where="segmentation"),
            size=ModuleSpec.parse(roles["synthesis"]["spec"], where="synthesis").size,
            frame=_file(files, manifest["golden"]["frame"]),
        )

    def makers(self, *, threads: int) -> list[Callable[[], Form]]:
        """Return what loads each form of ONNX Runtime; the fused graph first."""
        output = f"{PLAN}.score"
        return [
            lambda: fused(self.graph, output=output, threads=threads),
            lambda: stages(self.stages, output=output, threads=threads),
            lambda: modules(self.modules, feed=self.feed, size=self.size, threads=threads),
        ]


@dataclass(frozen=True, kw_only=True)
class Checkpoints:
    """The files of the release that the plan's networks are filled from."""

    files: Sequence[tuple["ReleasedFile", Path]]

    @staticmethod
    def find(folder: Path) -> "Checkpoints":
        """Find them as `import` does; raise `UsageError` without torch, `ModelError` for what is missing."""
        try:
            import torch  # noqa: F401
        except ModuleNotFoundError:
            raise UsageError("--models needs torch; install catseye-models with the extra 'train'") from None
        from catseye_models.released import light

        found = light.release().find(folder, chosen={})
        return Checkpoints(files=[(file, path) for file, path in found if file.spec.name in ROLES])

    def maker(self, material: Material, *, threads: int) -> Callable[[], Form]:
        """Return what loads the eager form."""

        def make() -> Form:
            from catseye_models.bench.eager import eager
            from catseye_models.released.modules import filled, read_all

            states = read_all(self.files, progress=lambda _: None)
            networks = {
                file.spec.name: filled(file, state) for (file, _), state in zip(self.files, states, strict=True)
            }
            return eager(networks, feed=material.feed, size=material.size, threads=threads)

        return make


def _file(files: Mapping[str, bytes], entry: Mapping[str, Any]) -> bytes:
    """Return a file that is as the manifest says."""
    path = str(entry["file"])
    if store.sha256(files.get(path, b"")) != entry["sha256"]:
        raise ModelError(f"{path} is missing or not the one that bundle.json means")
    return files[path]
