"""Random changes to training pictures: what another camera, lens or light would have made of them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.labels import VOID


def augment(
    rgb: NDArray[np.uint8], train_ids: NDArray[np.uint8], *, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return a changed copy of a frame (H, W, 3) and its train ids (H, W), of the same size."""
    rgb, train_ids = _zoom(rgb, train_ids, rng)
    if rng.random() < 0.5:
        rgb, train_ids = rgb[:, ::-1], train_ids[:, ::-1]
    if rng.random() < 0.8:
        rgb = _relight(rgb, rng)
    if rng.random() < 0.3:
        rgb = np.asarray(cv2.GaussianBlur(rgb, (5, 5), rng.uniform(0.3, 1.2)), np.uint8)
    if rng.random() < 0.3:
        noise = rng.uniform(1, 7) * rng.standard_normal(rgb.shape, dtype=np.float32)
        rgb = np.clip(rgb + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        rgb = _compress(rgb, rng)
    return np.ascontiguousarray(rgb), np.ascontiguousarray(train_ids)


def _zoom(
    rgb: NDArray[np.uint8], train_ids: NDArray[np.uint8], rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Scale by 0.75 to 1.6 and cut, or pad with void, to the size that was."""
    height, width = train_ids.shape
    scale = float(np.exp(rng.uniform(np.log(0.75), np.log(1.6))))
    across = rng.random() * (scale - 1) * width
    down = rng.random() * (scale - 1) * height
    matrix = np.array([[scale, 0, -across], [0, scale, -down]], np.float32)
    size = (width, height)
    zoomed = cv2.warpAffine(rgb, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    labels = cv2.warpAffine(
        train_ids, matrix, size, flags=cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=(VOID,)
    )
    return np.asarray(zoomed, np.uint8), np.asarray(labels, np.uint8)


def _relight(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Change gain per channel, offset, gamma and saturation, by one table per channel."""
    levels = np.arange(256, dtype=np.float32) / 255
    gain = rng.uniform(0.7, 1.3) * rng.uniform(0.92, 1.08, 3)
    offset = rng.uniform(-0.06, 0.06, 3)
    gamma = float(np.exp(rng.uniform(np.log(0.7), np.log(1.4))))
    curves = np.clip(gain * levels[:, None] ** gamma + offset, 0, 1)
    relit = np.asarray(cv2.LUT(rgb, (255 * curves).astype(np.uint8)[:, None]), np.uint8)
    saturation = rng.uniform(0.4, 1.4)
    mean = relit.mean(axis=2, keepdims=True, dtype=np.float32)
    return np.asarray(np.clip(mean + saturation * (relit - mean), 0, 255), np.uint8)


def _compress(rgb: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    quality = int(rng.integers(35, 96))
    bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None, "OpenCV reads what it wrote"
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)
