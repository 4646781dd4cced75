"""From networks to the files of a bundle, each step proven before the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx

from catseye_models.bundle.manifest import (
    GOLDEN_FRAME,
    GRAPH,
    BundleInfo,
    PlanInfo,
    golden_path,
    manifest,
    module_path,
    stage_path,
)
from catseye_models.bundle.provenance import Provenance
from catseye_models.bundle.store import MANIFEST
from catseye_models.compose import golden, network, plans
from catseye_models.compose.fuse import Fused, fuse
from catseye_models.compose.networks import Network, Networks, Spec
from catseye_models.compose.plans import Offer, Plan
from catseye_models.compose.stages import Stage, cut
from catseye_models.compose.weights import PUBLISHED, Weights
from catseye_models.errors import ModelError, UsageError
from catseye_models.labels import CITYSCAPES
from catseye_models.pictures import Picture, png
from catseye_models.runtime import Array, Session


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
    networks: Networks,
    *,
    plan_names: Sequence[str],
    name: str,
    version: str,
    frame: Picture,
    provenance: Provenance,
    weights: Mapping[str, Weights] = PUBLISHED,
    carry_modules: bool = False,
    difference: Mapping[str, object] | None = None,
) -> Composed:
    """Return the bundle of the named plans.

    Args:
        networks: what there is; those that no plan needs stay out of the graph.
        plan_names: in order; the first becomes the default.
        name: of the bundle.
        version: of the bundle.
        frame: golden frame, uint8 [height, width, 3] RGB.
        provenance: origin, quality, operating points.
        weights: per plan that mixes maps.
        carry_modules: also carry the network files, all of them, to compose from again, and the stages of the graph,
            for parity and timing.
        difference: of a variant, what the bundle says of its difference to fp32.
    """
    chosen = plans.choose(plan_names, offer_of(networks, weights=weights))
    strangers = sorted(set(provenance.operating_points) - set(plan_names))
    if strangers:
        raise UsageError(f"operating points for {', '.join(strangers)}, which is no plan of this bundle")
    used = list(used_by(networks, chosen).values())

    notes = conversion_notes(used)
    title = ", ".join(one.file for one in used)
    fused = fuse(networks, chosen)
    session = Session(fused.data, name=title)
    takes_batches = golden.takes_batches(session, frame)
    if not takes_batches:
        notes.append(f"{title}: two frames at once do not give what each gives alone; the graph is fixed to one")
        fused = fuse(networks, chosen, fixed_batch=True)
        session = Session(fused.data, name=title)

    stages = cut(networks, chosen, fixed_batch=not takes_batches) if carry_modules else []
    segmentation = networks.segmentation
    info = BundleInfo(
        name=name,
        version=version,
        labels=segmentation.spec.labels if segmentation else CITYSCAPES,
        licence=_joined(one.spec.licence for one in used),
        source=_joined(one.spec.source for one in used),
        plans=[PlanInfo(name=plan.name, formula=plan.formula, class_map=plan.class_map) for plan in chosen],
        outputs=fused.outputs,
        precision=fused.precision,
        difference=difference,
        provenance=provenance,
        modules={role: one.spec.values() for role, one in networks.roles.items()} if carry_modules else {},
        stages=[stage.info for stage in stages],
    )
    files = _files(fused, stages, info, golden.answers(session, frame), frame=frame)
    if carry_modules:
        files |= {module_path(role): one.model.SerializeToString() for role, one in networks.roles.items()}
    return Composed(files={MANIFEST: manifest(info, files), **files}, notes=notes)


def used_by(networks: Networks, chosen: Iterable[Plan]) -> dict[str, Network[Spec]]:
    """Return the networks that plans run, by role, each once."""
    return {need: networks.roles[need] for plan in chosen for need in plan.needs}


def conversion_notes(used: Iterable[Network[Spec]]) -> list[str]:
    """Return what is told of networks of another opset; raise `ModelError` for one that a conversion changes."""
    return [
        f"{one.file}: opset {one.converted_from} converted; answers move by {conversion_difference(one):.1e} at most"
        for one in used
        if one.converted_from is not None
    ]


def offer_of(networks: Networks, *, weights: Mapping[str, Weights]) -> Offer:
    """Return what plans can be chosen from."""
    return Offer(
        segmentation=networks.segmentation.spec if networks.segmentation else None,
        networks=set(networks.roles),
        weights=weights,
    )


def conversion_difference(which: Network[Spec]) -> float:
    """Return by how much opset conversion moves the answers to seeded input; raise `ModelError` above the `atol`."""
    inputs = _noise(which)
    converted = network.at_our_opset(which.model, name=which.file)
    before, after = (
        Session(model.SerializeToString(), name=which.file).run(**inputs) for model in (which.model, converted)
    )
    difference = max(
        float(np.abs(before[name].astype(np.float64) - after[name].astype(np.float64)).max())
        for name in which.spec.ends.outputs
    )
    if not difference <= which.spec.atol:  # also catches NaN
        raise ModelError(
            f"{which.file}: conversion moves the answers by {difference:.2e}, more than atol {which.spec.atol:.0e}"
        )
    return difference


def _noise(which: Network[Spec]) -> dict[str, Array]:
    """Return seeded normal values for one frame, in the types of the inputs."""
    random = np.random.default_rng(0)
    types = {value.name: value.type.tensor_type.elem_type for value in which.model.graph.input}
    return {
        name: random.standard_normal((1, *(side or 1 for side in sides[1:]))).astype(
            np.float16 if types[name] == onnx.TensorProto.FLOAT16 else np.float32
        )
        for name, sides in which.spec.ends.inputs.items()
    }


def _files(
    fused: Fused, stages: Sequence[Stage], info: BundleInfo, answers: Mapping[str, Array], *, frame: Picture
) -> dict[str, bytes]:
    return {
        GRAPH: fused.data,
        **{stage_path(stage.info.name): stage.data for stage in stages},
        GOLDEN_FRAME: png(frame),
        **{golden_path(name): png(answers[name]) for name in info.golden_outputs},
    }


def _joined(sentences: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(sentences))
