"""From verified network files to the bundle of SynBoost Light."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from catseye_models.bundle.provenance import Provenance
from catseye_models.compose import golden
from catseye_models.compose.recipe import Composed, compose
from catseye_models.module import ModuleFile
from catseye_models.released.modules import ExportedModule
from catseye_models.spec import NetworkSpec

DATA = "as the authors of the released checkpoints say: Cityscapes, and ImageNet for VGG19; not verified here"


def bundle_of(
    exported: Sequence[ExportedModule],
    *,
    spec: NetworkSpec,
    plan_names: Sequence[str],
    name: str,
    version: str,
    carry_modules: bool,
) -> Composed:
    """Return the bundle of the named plans; its provenance names every checkpoint file with its digest.

    Args:
        exported: network files, the segmentation among them.
        spec: of the segmentation network.
        plan_names: in order; the first becomes the default.
        name: of the bundle.
        version: of the bundle.
        carry_modules: whether the bundle carries the network files beside the graph.
    """
    (segmentation,) = (module.model for module in exported if module.spec.name == spec.name)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "segmentation.onnx"
        path.write_bytes(segmentation)
        return compose(
            path,
            spec=spec,
            plan_names=plan_names,
            name=name,
            version=version,
            frame=golden.drawn_frame(),
            provenance=Provenance(data=DATA, recipe=recipe_text(exported)),
            modules=[_carried(module, spec) for module in exported] if carry_modules else (),
        )


def recipe_text(exported: Sequence[ExportedModule]) -> str:
    """Return which file became which network, and how exactly."""
    return "imported: " + "; ".join(
        f"{module.spec.name} from {module.origin}, export differs from torch by {module.difference:.1e}"
        for module in exported
    )


def _carried(module: ExportedModule, segmentation: NetworkSpec) -> ModuleFile:
    if module.spec.name == segmentation.name:
        return ModuleFile.of_segmentation(module.model, segmentation)
    return ModuleFile(name=module.spec.name, model=module.model, spec=module.spec.to_json())
