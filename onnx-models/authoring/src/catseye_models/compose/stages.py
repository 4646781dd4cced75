"""Takes a fused graph apart into stages, for parity and timing: one network each, with the glue around it.

Stages are cut where the fused graph holds bytes, and made by the same functions, so that a chain of stages answers as
the fused graph does. One thing bytes cannot carry: that a network before the cut answered NaN. The fused graph tells
such a frame by a NaN score; a chain does so only within a stage.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catseye_models.bundle.outputs import StageInfo
from catseye_models.compose.fuse import FRAMES, Draft
from catseye_models.compose.networks import EXTERNAL, SEGMENTATION, Networks
from catseye_models.compose.plans import Plan


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Where a stage begins and ends.

    Attributes:
        name: of the stage, that of its network.
        inputs: `frames`, or outputs of earlier stages.
        shows: extras that the stage has for those who look into it; always there.
        hands_on: extras for later stages, there when one of them takes it.
    """

    name: str
    inputs: tuple[str, ...]
    shows: tuple[str, ...] = ()
    hands_on: tuple[str, ...] = ()


CUTS = (
    Cut(
        name=SEGMENTATION,
        inputs=(FRAMES,),
        shows=("logits", "class_map"),
        hands_on=("entropy", "distance", "semantic", "picture"),
    ),
    Cut(name="synthesis", inputs=("semantic",), shows=("labels", "edges", "synthesis")),
    Cut(name="perceptual", inputs=("picture", "synthesis"), shows=("difference", "perceptual")),
    Cut(
        name="dissimilarity",
        inputs=("picture", "synthesis", "semantic", "entropy", "distance", "perceptual"),
        shows=("q", "dissimilarity"),
    ),
    Cut(name="comparator", inputs=("picture", "synthesis", "semantic")),
    Cut(name=EXTERNAL, inputs=(FRAMES,)),
)
"""Of all networks, each behind those that it takes from. A plan's maps come out of the last network that it needs."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage graph.

    Attributes:
        info: what its bundle says of it.
        data: bytes of the file, the same for the same networks and plans.
    """

    info: StageInfo
    data: bytes


def cut(networks: Networks, plans: Sequence[Plan], *, fixed_batch: bool) -> list[Stage]:
    """Return the stages of the fused graph of the plans, in an order in which they can run.

    Args:
        networks: those that the plans need, and maybe others.
        plans: those of the fused graph.
        fixed_batch: declare n = 1.
    """
    needed = {need for plan in plans for need in plan.needs}
    cuts = [one for one in CUTS if one.name in needed]
    taken = {name for one in cuts for name in one.inputs}
    return [_stage(one, networks, plans, taken=taken, fixed_batch=fixed_batch) for one in cuts]


def before_judgement(networks: Networks) -> list[Stage]:
    """Return the stages of SynBoost up to the perceptual difference, on which its judging networks are trained.

    Between them they offer `picture`, `semantic`, `entropy`, `distance`, `synthesis` and `perceptual`.
    """
    cuts = [one for one in CUTS if one.name in (SEGMENTATION, "synthesis", "perceptual")]
    taken = {name for one in CUTS for name in one.inputs}
    return [_stage(one, networks, [], taken=taken, fixed_batch=False) for one in cuts]


def _stage(one: Cut, networks: Networks, plans: Sequence[Plan], *, taken: set[str], fixed_batch: bool) -> Stage:
    draft = Draft(networks, one.inputs, fixed_batch=fixed_batch)
    for name in (*one.shows, *(name for name in one.hands_on if name in taken)):
        draft.offer_extra(name)
    for plan in plans:
        if plan.needs[-1] == one.name:
            draft.offer_plan(plan)
    graph = draft.finish(f"stage {one.name}")
    return Stage(info=StageInfo(name=one.name, inputs=one.inputs, outputs=graph.outputs), data=graph.data)
