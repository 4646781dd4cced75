"""What must be known about a segmentation network before it can be fed and understood: `NetworkSpec`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catseye_models import feed
from catseye_models.ends import Ends, Sides
from catseye_models.feed import Feed
from catseye_models.fields import Fields, read_object
from catseye_models.labels import CITYSCAPES, LabelSpace

OPSET = 18
"""The one opset of every graph we write: the first whose Resize can antialias."""

LOGITS_RESIZES = ("none", "bilinear", "bilinear-align-corners")

KEYS = (
    "name",
    *feed.KEYS,
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
class NetworkSpec(Feed):
    """How frames enter a segmentation network and how its logits are read. Its input is the working size of its plans.

    Attributes:
        name: short name of the network, used in node names: letters, digits, `_`, `-`.
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
    def ends(self) -> Ends:
        """Picture and logits; logits that are resized may have any size."""
        size: Sides = (self.height, self.width)
        return Ends(
            inputs={self.input: (None, 3, *size)},
            outputs={self.logits: (None, len(self.classes), *(size if self.logits_resize == "none" else (None, None)))},
        )

    def to_json(self) -> str:
        """Return the text of the spec file; `read` of it gives an equal spec."""
        return json.dumps(self.values(), indent=2) + "\n"

    def values(self) -> dict[str, object]:
        """Return the JSON object of the spec file."""
        values: dict[str, object] = dataclasses.asdict(self)
        values["size"] = [values.pop("width"), values.pop("height")]
        values["label_space"] = values.pop("labels")
        if values["max_logit_range"] is None:
            del values["max_logit_range"]
        return {key: values[key] for key in KEYS if key in values}

    @staticmethod
    def read(path: Path) -> NetworkSpec:
        """Read a spec file; raise `UsageError` with every mistake in it, each with the file's name in front."""
        return NetworkSpec.parse(read_object(path), where=path.name)

    @staticmethod
    def parse(values: Mapping[str, object], *, where: str) -> NetworkSpec:
        """Return the spec that a JSON object holds; raise `UsageError` as `read`, with `where` in front."""
        fields = Fields(values, known=KEYS)
        spec = _read(fields)
        fields.require_sound(where)
        return spec


def _read(fields: Fields) -> NetworkSpec:
    labels = _labels(fields)
    return NetworkSpec(
        **feed.read_feed(fields),
        **feed.read_origin(fields, name="segmentation"),
        logits=fields.text("logits"),
        logits_resize=fields.text("logits_resize", default="none", choices=LOGITS_RESIZES),
        classes=_classes(fields, labels),
        labels=labels,
        max_logit_range=_max_logit_range(fields),
    )


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
