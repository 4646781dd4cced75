"""Other looks of a drawn picture: surfaces, light, lenses and processing that the scene generator does not have.

Geometry and labels stay as they are. What ``augment`` does is what another camera would have made of the same street;
this goes further, so that a network cannot rely on how our surfaces are drawn.

Source: random convolution: Xu et al., Robust and generalizable visual representation learning via random convolutions
(2021); amplitude exchange: Yang and Soatto, FDA: Fourier domain adaptation for semantic segmentation (2020);
colour statistics: Reinhard et al., Color transfer between images (2001).
"""

from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.texture import TILE_PX, tiles

Bytes: TypeAlias = NDArray[np.uint8]
Light: TypeAlias = NDArray[np.float32]
"""A picture (H, W, 3) RGB, 0 to 255, maybe beyond."""

_GREY: Final = np.array((0.299, 0.587, 0.114), np.float32)
_LEAST_SPREAD: Final = 4.0
_STRETCH: Final = (0.5, 2.0)
"""Limits of how much a transfer of colour statistics stretches a channel; a flat sky must not become noise."""

_LOW_FREQUENCIES: Final = (0.004, 0.02)
"""Share of the spectrum, from its middle, whose amplitudes are exchanged."""


def another_look(rgb: Bytes, labels: Bytes, *, rng: np.random.Generator, photographs: Bytes | None = None) -> Bytes:
    """Return a changed copy of a picture (H, W, 3).

    Args:
        rgb: the picture.
        labels: train ids (H, W), by which surfaces are told apart; an instance map would do as well.
        rng: decides everything.
        photographs: (N, H, W, 3) real pictures whose light and colours may be taken over; none: this is left out.
    """
    light = rgb.astype(np.float32)
    if rng.random() < 0.5:
        light = _repaint(light, labels, rng)
    if rng.random() < 0.3:
        light = _convolve(light, rng)
    if photographs is not None and rng.random() < 0.5:
        photograph = photographs[rng.integers(len(photographs))]
        light = (_take_colours if rng.random() < 0.5 else _take_spectrum)(light, photograph, rng)
    light = _relight(light, rng)
    if rng.random() < 0.4:
        light = _shine(light, rng)
    if rng.random() < 0.5:
        light = _refocus(light, rng)
    if rng.random() < 0.5:
        light = light + rng.uniform(2, 14) * rng.standard_normal(light.shape, dtype=np.float32)
    seen = np.clip(light, 0, 255).astype(np.uint8)
    return _compress(seen, rng) if rng.random() < 0.4 else seen


def _repaint(light: Light, labels: Bytes, rng: np.random.Generator) -> Light:
    """Give each class another colour and a surface of noise, coarse to fine."""
    height, width = labels.shape
    colours = rng.normal(0, rng.uniform(0, 24), (256, 3)).astype(np.float32)
    grain = rng.uniform(0, rng.uniform(4, 40), 256).astype(np.float32)
    stack = tiles()
    noise = np.zeros((height, width), np.float32)
    for tile, share in zip((stack.coarse, stack.medium, stack.fine), rng.dirichlet((0.7, 1, 1)), strict=True):
        rows = (np.arange(height) + rng.integers(TILE_PX)) % TILE_PX
        columns = (np.arange(width) + rng.integers(TILE_PX)) % TILE_PX
        noise += np.float32(share) * tile[rng.integers(len(tile))][np.ix_(rows, columns)]
    return light + colours[labels] + (grain[labels] * noise)[..., None]


def _convolve(light: Light, rng: np.random.Generator) -> Light:
    """Mix in what a small random filter over all channels answers, brought to the picture's own mean and spread."""
    side = int(rng.choice([1, 3, 5]))
    kernels = rng.normal(0, 1, (3, 3, side, side)).astype(np.float32)
    answers = [sum(cv2.filter2D(light[..., c], -1, kernel[c]) for c in range(3)) for kernel in kernels]
    filtered = np.stack(answers, axis=-1)
    spread = light.std() / max(float(filtered.std()), 1e-3)
    filtered = (filtered - filtered.mean((0, 1))) * spread + light.mean((0, 1))
    share = np.float32(rng.uniform(0.1, 0.7))
    return np.asarray(light + share * (filtered - light), np.float32)


def _take_colours(light: Light, photograph: Bytes, rng: np.random.Generator) -> Light:
    """Move mean and spread in Lab towards those of a photograph."""
    lab, wanted = (
        cv2.cvtColor(np.clip(one, 0, 255).astype(np.uint8), cv2.COLOR_RGB2LAB).astype(np.float32)
        for one in (light, photograph)
    )
    stretch = np.clip(wanted.std((0, 1)) / np.maximum(lab.std((0, 1)), _LEAST_SPREAD), *_STRETCH)
    moved = (lab - lab.mean((0, 1))) * stretch + wanted.mean((0, 1))
    share = np.float32(rng.uniform(0.3, 1))
    mixed = np.clip(lab + share * (moved - lab), 0, 255).astype(np.uint8)
    return cv2.cvtColor(mixed, cv2.COLOR_LAB2RGB).astype(np.float32)


def _take_spectrum(light: Light, photograph: Bytes, rng: np.random.Generator) -> Light:
    """Give the lowest frequencies the amplitudes of a photograph; phases, and so all outlines, stay."""
    height, width = light.shape[:2]
    share = rng.uniform(*_LOW_FREQUENCIES)
    rows, columns = max(1, round(share * height)), max(1, round(share * width))
    own, other = (np.fft.rfft2(one.astype(np.float32), axes=(0, 1)) for one in (light, photograph))
    for part in (slice(0, rows + 1), slice(height - rows, height)):
        low = own[part, : columns + 1]
        own[part, : columns + 1] = low / np.maximum(np.abs(low), 1e-3) * np.abs(other[part, : columns + 1])
    return np.fft.irfft2(own, s=(height, width), axes=(0, 1)).astype(np.float32)


def _relight(light: Light, rng: np.random.Generator) -> Light:
    """Change gamma, contrast, gains of the channels, and saturation."""
    levels = np.clip(light, 0, 255) / np.float32(255)
    levels = levels ** np.float32(np.exp(rng.uniform(np.log(0.55), np.log(1.8))))
    middle = levels.mean()
    levels = middle + np.float32(rng.uniform(0.55, 1.4)) * (levels - middle)
    levels = levels * (rng.uniform(0.75, 1.3) * rng.uniform(0.85, 1.15, 3)).astype(np.float32)
    grey = (levels @ _GREY)[..., None]
    return np.asarray(255 * (grey + np.float32(rng.uniform(0, 1.5)) * (levels - grey)), np.float32)


def _shine(light: Light, rng: np.random.Generator) -> Light:
    """Lay a vignette, haze above the middle, or the shadow of something outside the picture over it."""
    height, width = light.shape[:2]
    rows, columns = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    kind = rng.integers(3)
    if kind == 0:
        return light * (1 - np.float32(rng.uniform(0.1, 0.5)) * (rows**2 + columns**2) / 2)[..., None]
    if kind == 1:
        share = np.float32(rng.uniform(0.1, 0.6)) * np.exp(-(((rows + 0.1) / np.float32(rng.uniform(0.2, 0.6))) ** 2))
        return light + share[..., None] * (np.float32(rng.uniform(150, 240)) - light)
    corners = (rng.uniform(-0.3, 1.3, (int(rng.integers(3, 7)), 2)) * (width, height)).astype(np.int32)
    shadow = np.zeros((height, width), np.float32)
    cv2.fillPoly(shadow, [corners], (1.0,))
    shadow = np.asarray(cv2.GaussianBlur(shadow, (0, 0), rng.uniform(0.5, 6)), np.float32)
    return light * (1 - np.float32(rng.uniform(0.2, 0.6)) * shadow)[..., None]


def _refocus(light: Light, rng: np.random.Generator) -> Light:
    """Blur or sharpen."""
    blurred = np.asarray(cv2.GaussianBlur(light, (0, 0), rng.uniform(0.4, 1.4)), np.float32)
    return blurred if rng.random() < 0.6 else light + np.float32(rng.uniform(0.3, 1.5)) * (light - blurred)


def _compress(rgb: Bytes, rng: np.random.Generator) -> Bytes:
    quality = int(rng.integers(20, 90))
    _, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None, "OpenCV reads what it wrote"
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)
