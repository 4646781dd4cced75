"""The pipeline in eager PyTorch: networks and softmax in torch, the rest in NumPy and Pillow, as in the original."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor, nn

from catseye_models.bench import glue
from catseye_models.bench.forms import Form
from catseye_models.bench.glue import Uncertainty
from catseye_models.compose.synboost import Size
from catseye_models.feed import Feed
from catseye_models.networks.perceptual import perceptual_sum
from catseye_models.runtime import Array


class TorchNetworks:
    """The networks in torch, on the CPU, float32.

    Args:
        networks: by role, in inference mode.
    """

    def __init__(self, networks: Mapping[str, nn.Module]) -> None:
        self._networks = networks

    def uncertainty(self, image: Array) -> Uncertainty:
        """Run the segmentation; softmax, entropy and the two largest probabilities over the channels."""
        logits = self._run("segmentation", image)
        probabilities = torch.softmax(logits, dim=1)
        top = probabilities.topk(2, dim=1).values
        return Uncertainty(
            train_ids=logits.argmax(dim=1)[0].to(torch.uint8).numpy(),
            entropy=torch.special.entr(probabilities).sum(dim=1)[0].numpy(),
            gap=(top[:, 0] - top[:, 1])[0].numpy(),
        )

    def picture(self, labels: Array) -> Array:
        """Run the synthesis."""
        return np.asarray(self._run("synthesis", labels))

    def difference(self, image: Array, synthesis: Array) -> Array:
        """Run VGG19."""
        return np.asarray(perceptual_sum(self._run("perceptual", image, synthesis))[0, 0])

    def probability(self, image: Array, synthesis: Array, semantic: Array, prior: Array) -> Array:
        """Run the dissimilarity network."""
        logits: Tensor = self._run("dissimilarity", image, synthesis, semantic, prior)
        return np.asarray(torch.softmax(logits, dim=1)[0, 1])

    def _run(self, role: str, *inputs: Array):  # type: ignore[no-untyped-def]  # a tensor, or VGG19's five
        return self._networks[role](*(torch.from_numpy(one) for one in inputs))


def eager(networks: Mapping[str, nn.Module], *, feed: Feed, size: Size, threads: int) -> Form:
    """Return the form; `threads` holds for all of torch in this process.

    Args:
        networks: by role.
        feed: of the segmentation network.
        size: working size, height and width.
        threads: of torch.
    """
    torch.set_num_threads(threads)
    parts = TorchNetworks(networks)

    def score(frame: Array) -> Array:
        with torch.inference_mode():
            return glue.score(parts, frame, feed=feed, size=size)

    return Form(name="eager", what="PyTorch, NumPy glue", score=score)
