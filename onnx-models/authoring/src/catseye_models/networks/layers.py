"""What the networks share: channel counts at a width, convolutions with their norm, the resizes inside networks."""

import torch
from torch import Tensor, nn
from torch.nn import functional


def channels(published: int, width: float) -> int:
    """Return how many channels a layer with `published` ones has at a width factor; at least 4."""
    return max(4, round(published * width))


def conv_norm(inputs: int, outputs: int, kernel: int, *, stride: int = 1, dilation: int = 1) -> list[nn.Module]:
    """Return a bias-free convolution that keeps the size (at stride 1), and its batch norm."""
    padding = dilation * (kernel // 2)
    return [
        nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=padding, dilation=dilation, bias=False),
        nn.BatchNorm2d(outputs),
    ]


class ConvNormRelu(nn.Module):
    """Bias-free convolution, batch norm, ReLU. Entries: `conv.weight`, `bn.*`."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, stride: int = 1) -> None:
        super().__init__()
        self.conv, self.bn = conv_norm(inputs, outputs, kernel, stride=stride)

    def forward(self, x: Tensor) -> Tensor:
        """[N, inputs, H, W] to [N, outputs, H / stride, W / stride], at least 0."""
        return functional.relu(self.bn(self.conv(x)))


def size_of(x: Tensor) -> tuple[int, int]:
    """Return (height, width) as plain numbers, so that an export holds them as constants."""
    return int(x.shape[-2]), int(x.shape[-1])


def corner_aligned(x: Tensor, size: tuple[int, int]) -> Tensor:
    """Bilinear resize to (height, width) that maps corner pixels onto corner pixels."""
    return functional.interpolate(x, size=size, mode="bilinear", align_corners=True)


def nearest(x: Tensor, size: tuple[int, int]) -> Tensor:
    """Nearest resize to (height, width), source index floor(i * scale): the rule inside the networks.

    The pipeline around them samples pixel centres instead (Pillow's rule).
    """
    return x if size_of(x) == size else functional.interpolate(x, size=size, mode="nearest")


def doubled(x: Tensor) -> Tensor:
    """Nearest resize to twice the size."""
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def channel_sum(x: Tensor, *, factor: float = 1.0) -> Tensor:
    """[N, C, H, W] to [N, 1, H, W]: `factor` times the sum over the channels, as a 1x1 convolution.

    ONNX Runtime adds a reduction over channels in another order when there is one picture than when there are more;
    a convolution treats every picture alike, so batches give what single pictures give, bit for bit.
    """
    weight = torch.tensor([[[[factor]]] * int(x.shape[1])], dtype=x.dtype, device=x.device)  # a constant of an export
    return functional.conv2d(x, weight)


def folded(x: Tensor, fold: int) -> Tensor:
    """[N, C, H, W] to [N, C fold^2, H / fold, W / fold]: each square of fold x fold pixels becomes channels of one."""
    return x if fold == 1 else functional.pixel_unshuffle(x, fold)


def unfolded(x: Tensor, fold: int) -> Tensor:
    """[N, C fold^2, H, W] to [N, C, fold H, fold W]: takes back `folded`."""
    return x if fold == 1 else functional.pixel_shuffle(x, fold)


def shares(labels: Tensor, fold: int) -> Tensor:
    """One channel per label [N, C, H, W] to the share of each in squares of fold x fold, [N, C, H / fold, W / fold]."""
    return labels if fold == 1 else functional.avg_pool2d(labels, fold)


def averaging_matrix(size: int, cells: int) -> list[list[float]]:
    """Return [cells][size]: row i averages the window floor(i size / cells) to ceil((i + 1) size / cells), exclusive.

    These are the windows of adaptive average pooling. They overlap where `cells` does not divide `size`, which is why
    no ONNX pooling operator expresses them.
    """
    windows = [(cell * size // cells, -((cell + 1) * size // -cells)) for cell in range(cells)]
    return [[1 / (stop - start) if start <= place < stop else 0.0 for place in range(size)] for start, stop in windows]


class AveragePool(nn.Module):
    """Adaptive average pooling to `cells` x `cells`, as two constant matrix products."""

    def __init__(self, cells: int) -> None:
        super().__init__()
        self.cells = cells

    def forward(self, x: Tensor) -> Tensor:
        """[N, C, H, W] to [N, C, cells, cells]."""
        height, width = size_of(x)
        rows = torch.tensor(averaging_matrix(height, self.cells), dtype=x.dtype, device=x.device)
        columns = torch.tensor(averaging_matrix(width, self.cells), dtype=x.dtype, device=x.device)
        return rows @ x @ columns.T
