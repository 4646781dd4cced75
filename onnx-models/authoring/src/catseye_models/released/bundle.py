"""From verified network files to the bundle of SynBoost Light."""

from collections.abc import Mapping, Sequence

import onnx

from catseye_models.bundle.provenance import Provenance
from catseye_models.compose import golden
from catseye_models.compose.networks import Network, Networks
from catseye_models.compose.recipe import Composed, compose
from catseye_models.compose.weights import Weights
from catseye_models.released.modules import ExportedModule
from catseye_models.spec import NetworkSpec

DATA = "as the authors of the released checkpoints say: Cityscapes, and ImageNet for VGG19; not verified here"


def bundle_of(
    exported: Sequence[ExportedModule],
    *,
    spec: NetworkSpec,
    plan_names: Sequence[str],
    weights: Mapping[str, Weights],
    name: str,
    version: str,
    carry_modules: bool,
) -> Composed:
    """Return the bundle of the named plans; its provenance names every checkpoint file with its digest.

    Args:
        exported: network files, the segmentation among them.
        spec: of the segmentation network.
        plan_names: in order; the first becomes the default.
        weights: per plan that mixes maps.
        name: of the bundle.
        version: of the bundle.
        carry_modules: whether the bundle carries the network files beside the graph.
    """
    return compose(
        networks_of(exported, spec),
        plan_names=plan_names,
        weights=weights,
        name=name,
        version=version,
        frame=golden.drawn_frame(),
        provenance=Provenance(data=DATA, recipe=recipe_text(exported)),
        carry_modules=carry_modules,
    )


def networks_of(exported: Sequence[ExportedModule], segmentation: NetworkSpec) -> Networks:
    """Return the network files as what a graph can be made of."""
    models = {one.spec.name: onnx.load_model_from_string(one.model) for one in exported}
    return Networks(
        segmentation=Network(file="segmentation", model=models[segmentation.name], spec=segmentation),
        modules={
            one.spec.name: Network(file=one.spec.name, model=models[one.spec.name], spec=one.spec)
            for one in exported
            if one.spec.name != segmentation.name
        },
    )


def recipe_text(exported: Sequence[ExportedModule]) -> str:
    """Return which file became which network, and how exactly."""
    return "imported: " + "; ".join(
        f"{module.spec.name} from {module.origin}, export differs from torch by {module.difference:.1e}"
        for module in exported
    )
