"""The plain ESPNet on frames prepared by Pillow and NumPy: what the fused graph in Java is compared with.

    python espnet_reference.py NETWORK.onnx OUT_FOLDER FRAME...

Writes `N.entropy.npy` (uint8 [512, 1024], trunc(255 H / ln 19)) and `N.class_map.npy` (uint8, trainId) for the N-th
frame. Shares no code with `catseye_models`. The network's numbers: shared/data/MANIFEST.md.
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image

MEAN = np.array([72.392, 82.909, 73.158], np.float32)  # B, G, R
STD = np.array([45.319, 46.153, 44.915], np.float32)
CLASSES = 19  # channel 19 is void


def prepared(frame: Path) -> np.ndarray:
    """Return the network's input, float32 [1, 3, 512, 1024] BGR."""
    picture = Image.open(frame).convert("RGB").resize((1024, 512), Image.Resampling.BICUBIC)
    bgr = np.asarray(picture)[..., ::-1].astype(np.float32)
    return np.ascontiguousarray(((bgr - MEAN) / STD / 255).transpose(2, 0, 1)[None])


def maps(logits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return entropy bytes and class map of logits [20, 512, 1024]."""
    x = logits[:CLASSES].astype(np.float64)
    p = np.exp(x - x.max(0))
    p /= p.sum(0)
    entropy = -(p * np.log(np.maximum(p, 1e-300))).sum(0) / np.log(CLASSES)
    return (255 * np.clip(entropy, 0, 1)).astype(np.uint8), x.argmax(0).astype(np.uint8)


def main() -> None:
    """Run every frame."""
    network, folder, *frames = map(Path, sys.argv[1:])
    session = ort.InferenceSession(str(network), providers=["CPUExecutionProvider"])
    for number, frame in enumerate(frames):
        (logits,) = session.run(None, {session.get_inputs()[0].name: prepared(frame)})
        entropy, class_map = maps(logits[0])
        np.save(folder / f"{number}.entropy.npy", entropy)
        np.save(folder / f"{number}.class_map.npy", class_map)


if __name__ == "__main__":
    main()
