"""The golden frame of a bundle, and the proof that a fused graph does on it what it should."""

from pathlib import Path

import numpy as np

from catseye_models.errors import ModelError
from catseye_models.pictures import Picture, decode
from catseye_models.runtime import Array, Session

DRAWN_WIDTH, DRAWN_HEIGHT = 480, 270

STEP = 2.0**-23
"""Of float32 at 1. The runtime's Log takes most pixels in vectors and a few at the ends one by one, which differ in the
last bit; where the pixels of a map are no multiple of 8, those ends lie elsewhere in each frame of a batch."""


def drawn_frame() -> Picture:
    """Return a small picture, uint8 [270, 480, 3] RGB: sky above a darkening road with three boxes on it.

    Integer arithmetic only, so that every machine draws the same bytes.
    """
    rows, columns = np.indices((DRAWN_HEIGHT, DRAWN_WIDTH))
    horizon = DRAWN_HEIGHT * 2 // 5
    sky = np.stack([90 + rows // 2, 130 + rows // 2, 220 - rows // 4], axis=-1)
    grain = (rows * 7919 + columns * 104729) % 13  # the road is not smooth
    shade = grain - (rows - horizon) // 8
    road = np.stack([70 + shade, 72 + shade, 78 + shade], axis=-1)
    picture = np.where((rows < horizon)[..., None], sky, road)
    for left, top, side, colour in (
        (120, 150, 18, (200, 40, 40)),
        (260, 200, 36, (230, 200, 60)),
        (380, 130, 10, (30, 30, 30)),
    ):
        picture[top : top + side, left : left + side] = colour
    return np.clip(picture, 0, 255).astype(np.uint8)


def read_frame(path: Path) -> Picture:
    """Return the picture in `path`, uint8 [height, width, 3] RGB; raise `ModelError` when it cannot be decoded."""
    try:
        return decode(path.read_bytes(), name=str(path), mode="RGB")
    except FileNotFoundError:
        raise ModelError(f"{path}: no such picture") from None


def answers(session: Session, frame: Picture) -> dict[str, Array]:
    """Return every output for one frame, without the batch axis; refuse scores that are not finite."""
    outputs = {name: value[0] for name, value in session.run(frames=frame[None]).items()}
    broken = {name: int((~np.isfinite(value)).sum()) for name, value in outputs.items() if value.dtype == np.float32}
    problems = [f"{session.name}: {count} pixels of {name} are not finite" for name, count in broken.items() if count]
    if problems:
        raise ModelError(*problems)
    return outputs


def takes_batches(session: Session, frame: Picture) -> bool:
    """Tell whether two frames at once give the answers of each alone: bytes exactly, scores within `STEP`."""
    other = np.ascontiguousarray(frame[:, ::-1])
    alone = [session.run(frames=one[None]) for one in (frame, other)]
    try:
        both = session.run(frames=np.stack([frame, other]))
    except ModelError:
        return False
    return all(_same(both[name][place], single[name][0]) for place, single in enumerate(alone) for name in single)


def _same(one: Array, other: Array) -> bool:
    if one.dtype == np.uint8:
        return np.array_equal(one, other)
    return bool(np.abs(one - other).max() <= STEP)
