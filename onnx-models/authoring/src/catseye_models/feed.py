"""How frames enter a network: size, colour order, normalisation."""

from dataclasses import dataclass
from typing import Any

from catseye_models.fields import Fields

ORDERS = ("RGB", "BGR")
RESIZES = ("pillow-bicubic", "pillow-bilinear")
"""The rules that we reproduce byte by byte (shares of equal bytes: RATIONALE.md); every other is refused by name."""

KEYS = ("input", "order", "size", "resize", "scale", "mean", "std", "output_scale")
"""Of a spec file."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """How frames enter a network.

    A pixel value v (0 to 255, already resized) of channel c enters as

        (v * scale - mean[c]) / std[c] * output_scale

    so that ImageNet's rule is scale 1/255, and ESPNet's `(v - mean) / std / 255` is scale 1, output_scale 1/255.

    Attributes:
        input: name of the graph input, float NCHW [n, 3, height, width].
        order: colour order of the three channels, `RGB` or `BGR`.
        width: of the network input, px.
        height: of the network input, px.
        resize: rule that brings a frame to that size, one of `RESIZES`.
        scale: factor on the pixel value.
        mean: per channel in `order`, subtracted after `scale`.
        std: per channel in `order`, divided by; never 0.
        output_scale: factor at the end.
    """

    input: str
    order: str
    width: int
    height: int
    resize: str
    scale: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    output_scale: float = 1.0


def read_feed(fields: Fields) -> dict[str, Any]:
    """Return the attributes of `Feed` out of a spec file; mistakes are noted in `fields`."""
    width, height = fields.size("size")
    return {
        "input": fields.text("input"),
        "order": fields.text("order", choices=ORDERS),
        "width": width,
        "height": height,
        "resize": fields.text("resize", choices=RESIZES),
        "scale": fields.number("scale"),
        "mean": fields.numbers("mean", count=3),
        "std": _std(fields),
        "output_scale": fields.number("output_scale", default=1.0),
    }


def read_origin(fields: Fields, *, name: str) -> dict[str, Any]:
    """Return `name`, `atol`, `licence` and `source`, which every spec has; `name` is what it is called by default."""
    return {
        "name": _name(fields, name),
        "atol": _atol(fields),
        "licence": fields.text("licence", default="not stated"),
        "source": fields.text("source", default="not stated"),
    }


def _name(fields: Fields, default: str) -> str:
    name = fields.text("name", default=default)
    if not all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in name):
        fields.wrong("name", f"{name!r} has other characters than letters, digits, _ and -")
    return name


def _std(fields: Fields) -> tuple[float, ...]:
    std = fields.numbers("std", count=3)
    if not all(std):
        fields.wrong("std", f"{fields.values['std']} has a 0")
    return std


def _atol(fields: Fields) -> float:
    atol = fields.number("atol", default=1e-3)
    if not atol > 0:
        fields.wrong("atol", f"{atol} is not above 0")
    return atol
