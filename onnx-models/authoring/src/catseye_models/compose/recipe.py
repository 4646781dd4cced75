"""From a network file and its spec to the files of a bundle, each step proven before the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx

from catseye_models.bundle.manifest import GOLDEN_FRAME, GRAPH, BundleInfo, golden_path, manifest, module_path
from catseye_models.bundle.provenance import Provenance
from catseye_models.bundle.store import MANIFEST
from catseye_models.compose import golden, network, plans
from catseye_models.compose.fuse import Fused, fuse
from catseye_models.errors import ModelError, UsageError
from catseye_models.module import ModuleFile
from catseye_models.pictures import Picture, png
from catseye_models.runtime import Session
from catseye_models.spec import NetworkSpec


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A bundle that is ready to be written.

    Attributes:
        files: path inside the bundle -> bytes, `bundle.json` included.
        notes: what the user should know, one sentence each.
    """

    files: dict[str, bytes]
    notes: Sequence[str]


def compose(
    segmentation: Path,
    *,
    spec: NetworkSpec,
    plan_names: Sequence[str],
    name: str,
    version: str,
    frame: Picture,
    provenance: Provenance,
    modules: Sequence[ModuleFile] = (),
) -> Composed:
    """Return the bundle of one segmentation network and the named plans.

    Args:
        segmentation: ONNX file of the network.
        spec: of the network.
        plan_names: in order; the first becomes the default.
        name: of the bundle.
        version: of the bundle.
        frame: golden frame, uint8 [height, width, 3] RGB.
        provenance: origin, quality, operating points.
        modules: network files to carry as they are.
    """
    chosen = plans.choose(plan_names, spec=spec)
    strangers = sorted(set(provenance.operating_points) - set(plan_names))
    if strangers:
        raise UsageError(f"operating points for {', '.join(strangers)}, which is no plan of this bundle")

    notes = []
    fused = fuse(segmentation, spec=spec, plans=chosen)
    if fused.converted_from is not None:
        difference = conversion_difference(segmentation, spec=spec)
        notes.append(
            f"{segmentation.name}: opset {fused.converted_from} converted; logits move by {difference:.1e} at most"
        )
    session = Session(fused.to_bytes(), name=segmentation.name)
    if not golden.takes_batches(session, frame):
        notes.append(f"{segmentation.name}: cannot take two frames at once; the graph is fixed to one")
        fused = fuse(segmentation, spec=spec, plans=chosen, fixed_batch=True)
        session = Session(fused.to_bytes(), name=segmentation.name)

    files = _files(fused, session, frame=frame, plan_names=plan_names)
    files |= {module_path(module.name): module.model for module in modules}
    info = BundleInfo(
        name=name,
        version=version,
        spec=spec,
        plans=[(plan.name, plan.formula) for plan in chosen],
        precision=fused.precision,
        provenance=provenance,
        modules={module.name: module.spec for module in modules},
    )
    return Composed(files={MANIFEST: manifest(info, files), **files}, notes=notes)


def conversion_difference(segmentation: Path, *, spec: NetworkSpec) -> float:
    """Return by how much opset conversion moves the logits on seeded input; raise `ModelError` above `spec.atol`."""
    name = segmentation.name
    original = network.load(segmentation)
    converted = network.at_our_opset(original, name=name)
    entry = next(value for value in original.graph.input if value.name == spec.input)
    half = entry.type.tensor_type.elem_type == onnx.TensorProto.FLOAT16
    noise = np.random.default_rng(0).standard_normal(spec.input_shape).astype(np.float16 if half else np.float32)
    before, after = (
        Session(model.SerializeToString(), name=name).run(**{spec.input: noise})[spec.logits].astype(np.float64)
        for model in (original, converted)
    )
    difference = float(np.abs(before - after).max())
    if not difference <= spec.atol:  # also catches NaN
        raise ModelError(f"{name}: conversion moves the logits by {difference:.2e}, more than atol {spec.atol:.0e}")
    return difference


def _files(fused: Fused, session: Session, *, frame: Picture, plan_names: Sequence[str]) -> dict[str, bytes]:
    outputs = golden.answers(session, frame)
    expected = [*(f"{plan}.anomaly" for plan in plan_names), "class_map"]
    return {
        GRAPH: fused.to_bytes(),
        GOLDEN_FRAME: png(frame),
        **{golden_path(output): png(outputs[output]) for output in expected},
    }
