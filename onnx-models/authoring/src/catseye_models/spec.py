"""What must be known about a segmentation network before it can be fed and understood: `NetworkSpec`."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from catseye_models.errors import UsageError
from catseye_models.fields import Fields, read_object
from catseye_models.labels import CITYSCAPES, LabelSpace

OPSET = 18
"""The one opset of every graph we write: the first whose Resize can antialias."""

ORDERS = ("RGB", "BGR")
RESIZES = ("pillow-bicubic", "pillow-bilinear")
"""The rules that we reproduce byte by byte (shares of equal bytes: RATIONALE.md); every other is refused by name."""

LOGITS_RESIZES = ("none", "bilinear", "bilinear-align-corners")

KEYS = (
    "name",
    "input",
    "order",
    "size",
    "resize",
    "scale",
    "mean",
    "std",
    "output_scale",
    "logits",
    "logits_resize",
    "classes",
    "label_space",
    "max_logit_range",
    "atol",
    "licence",
    "source",
)


@dataclass(frozen=True, kw_only=True)
class NetworkSpec:
    """How frames enter a segmentation network and how its logits are read.

    A pixel value v (0 to 255, already resized) of channel c enters as

        (v * scale - mean[c]) / std[c] * output_scale

    so that ImageNet's rule is scale 1/255, and ESPNet's `(v - mean) / std / 255` is scale 1, output_scale 1/255.

    Attributes:
        name: short name of the network, used in node names: letters, digits, `_`, `-`.
        input: name of the graph input, float NCHW [n, 3, height, width].
        order: colour order of the three channels, `RGB` or `BGR`.
        width: of the network input, px; the working size of the plans.
        height: of the network input, px.
        resize: rule that brings a frame to that size, one of `RESIZES`.
        scale: factor on the pixel value.
        mean: per channel in `order`, subtracted after `scale`.
        std: per channel in `order`, divided by; never 0.
        output_scale: factor at the end.
        logits: name of the graph output, float NCHW [n, len(classes), height, width], before any softmax.
        logits_resize: how smaller logits come to the working size, one of `LOGITS_RESIZES`.
        classes: trainId per channel of the logits; None leaves a channel (such as void) out of every map.
        labels: the label space of the trainIds.
        max_logit_range: (lo, hi): largest logit that counts as wholly unexplained and as wholly explained; None
            when never measured, which rules out the plan `max-logit`.
        atol: largest absolute difference of logits that an export or a conversion may show.
        licence: of the weights, in a few words.
        source: where network and weights come from.
    """

    name: str = "segmentation"
    input: str
    order: str
    width: int
    height: int
    resize: str
    scale: float
    mean: tuple[float, ...]
    std: tuple[float, ...]
    output_scale: float = 1.0
    logits: str
    logits_resize: str = "none"
    classes: tuple[int | None, ...]
    labels: LabelSpace = CITYSCAPES
    max_logit_range: tuple[float, float] | None = None
    atol: float = 1e-3
    licence: str = "not stated"
    source: str = "not stated"

    @property
    def channels(self) -> tuple[tuple[int, int], ...]:
        """(channel, trainId) of every channel that stands for a class, in channel order."""
        return tuple((channel, train_id) for channel, train_id in enumerate(self.classes) if train_id is not None)

    @property
    def input_shape(self) -> tuple[int, int, int, int]:
        """NCHW shape of one frame."""
        return (1, 3, self.height, self.width)

    def to_json(self) -> str:
        """Return the text of the spec file; `read` of it gives an equal spec."""
        values: dict[str, object] = dataclasses.asdict(self)
        values["size"] = [values.pop("width"), values.pop("height")]
        values["label_space"] = values.pop("labels")
        if values["max_logit_range"] is None:
            del values["max_logit_range"]
        return json.dumps({key: values[key] for key in KEYS if key in values}, indent=2) + "\n"

    @staticmethod
    def read(path: Path) -> NetworkSpec:
        """Read a spec file; raise `UsageError` with every mistake in it, each with the file's name in front."""
        fields = Fields(read_object(path), known=KEYS)
        spec = _read(fields)
        if fields.problems:
            raise UsageError(*(f"{path.name}: {problem}" for problem in fields.problems))
        return spec


def _read(fields: Fields) -> NetworkSpec:
    width, height = fields.size("size")
    labels = _labels(fields)
    return NetworkSpec(
        name=_name(fields),
        input=fields.text("input"),
        order=fields.text("order", choices=ORDERS),
        width=width,
        height=height,
        resize=fields.text("resize", choices=RESIZES),
        scale=fields.number("scale"),
        mean=fields.numbers("mean", count=3),
        std=_std(fields),
        output_scale=fields.number("output_scale", default=1.0),
        logits=fields.text("logits"),
        logits_resize=fields.text("logits_resize", default="none", choices=LOGITS_RESIZES),
        classes=_classes(fields, labels),
        labels=labels,
        max_logit_range=_max_logit_range(fields),
        atol=_atol(fields),
        licence=fields.text("licence", default="not stated"),
        source=fields.text("source", default="not stated"),
    )


def _name(fields: Fields) -> str:
    name = fields.text("name", default="segmentation")
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


def _max_logit_range(fields: Fields) -> tuple[float, float] | None:
    if not fields.has("max_logit_range"):
        return None
    before = len(fields.problems)
    low, high = fields.numbers("max_logit_range", count=2)
    if not low < high and len(fields.problems) == before:
        fields.wrong("max_logit_range", f"{fields.values['max_logit_range']} does not go up")
    return (low, high)


def _labels(fields: Fields) -> LabelSpace:
    value = fields.values.get("label_space", CITYSCAPES.name)
    if value == CITYSCAPES.name:
        return CITYSCAPES
    if not isinstance(value, dict):
        fields.wrong("label_space", f"{value!r} is neither {CITYSCAPES.name!r} nor an object")
        return CITYSCAPES
    inner = Fields(value, known=("name", "classes", "drivable"))
    name = inner.text("name")
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("classes", "drivable"):
        names = value.get(key)
        if not isinstance(names, list) or not names or not all(isinstance(one, str) and one for one in names):
            inner.wrong(key, f"{names!r} is not a list of names")
            names = []
        elif len(set(names)) != len(names) or len(names) > 255:
            inner.wrong(key, f"{len(names)} names, {len(set(names))} of them different; at most 255, all different")
        lists[key] = tuple(names)
    strangers = [one for one in lists["drivable"] if one not in lists["classes"]]
    if strangers:
        inner.wrong("drivable", f"{', '.join(strangers)} not among the classes")
    fields.problems.extend(f"label_space.{problem}" for problem in inner.problems)
    return CITYSCAPES if inner.problems else LabelSpace(name=name, **lists)


def _classes(fields: Fields, labels: LabelSpace) -> tuple[int | None, ...]:
    if not fields.has("classes"):
        fields.wrong("classes", "missing")
        return (0, 1)
    value = fields.values["classes"]
    if not isinstance(value, list) or not value:
        fields.wrong("classes", f"{value!r} is not a list with one trainId or null per channel")
        return (0, 1)
    top = len(labels.classes) - 1
    seen: dict[int, int] = {}
    for channel, train_id in enumerate(value):
        if train_id is None:
            continue
        if not isinstance(train_id, int) or isinstance(train_id, bool) or not 0 <= train_id <= top:
            fields.wrong("classes", f"channel {channel}: {train_id!r} is neither null nor a trainId of 0 to {top}")
        elif train_id in seen:
            fields.wrong("classes", f"channels {seen[train_id]} and {channel} both stand for trainId {train_id}")
        else:
            seen[train_id] = channel
    if sum(one is not None for one in value) < 2:
        fields.wrong("classes", "fewer than two channels stand for a class")
    return tuple(value)
