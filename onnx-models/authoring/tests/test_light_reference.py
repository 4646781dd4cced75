"""SynBoost Light at full width against a fresh pipeline of Pillow and torch, for pictures without goldens in the kit.

Opt-in, minutes of CPU: `CATSEYE_LIGHT` names an imported bundle, `CATSEYE_LIGHT_RELEASE` the checkpoints that it was
imported from (any seed), `CATSEYE_LIGHT_PICTURE` a picture (otherwise the sample of 1280x720). `-s` shows the figures.
"""

import os
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="networks need the `train` extra")

from PIL import Image

from catseye_models.runtime import Session
from tests import light_reference, toy
from tests.glue import Array
from tests.real_data import FOLDER
from tests.test_light_parity import levels, near, near_bytes

pytestmark = [pytest.mark.parity, pytest.mark.data, pytest.mark.torch]


@pytest.fixture(scope="module")
def graph() -> Session:
    folder = os.environ.get("CATSEYE_LIGHT")
    if not folder:
        pytest.skip("CATSEYE_LIGHT names no imported bundle")
    return Session((Path(folder) / "graphs" / "fused.onnx").read_bytes(), name="fused")


def picture() -> Array:
    path = Path(os.environ.get("CATSEYE_LIGHT_PICTURE") or FOLDER / "samples" / "road_anomaly_example.png")
    if not path.is_file():
        pytest.skip(f"no {path}; CATSEYE_DATA names the folder of the samples")
    return np.asarray(Image.open(path).convert("RGB"))


def test_graph_equals_pillow_and_torch_end_to_end(graph: Session) -> None:
    release = os.environ.get("CATSEYE_LIGHT_RELEASE")
    if not release:
        pytest.skip("CATSEYE_LIGHT_RELEASE names no checkpoints")
    frame = picture()
    found = {name: value[0] for name, value in graph.run(frames=frame[None]).items()}
    expected = light_reference.answers(Path(release), frame)
    levels("class map", found["class_map"], expected["class_map"], share=1e-4, most=18)
    levels("E8", found["entropy"], expected["E8"], share=0.01)
    levels("D8", found["distance"], expected["D8"], share=0.02)
    labels = np.asarray(light_reference.LABEL_IDS)[found["semantic"]]
    levels("label256", labels, expected["label256"], share=2e-4, most=33)
    near_bytes("S8", found["synthesis"], expected["S8"], share=0.995)
    near_bytes("P8", found["perceptual"], expected["P8"], share=0.999)
    near("q", found["q"], expected["q"])
    near("A", found["synboost-light.score"], expected["A"])
    size = (frame.shape[1], frame.shape[0])
    final = Image.fromarray(found["synboost-light.score"]).resize(size, Image.Resampling.BICUBIC)
    near("final", np.asarray(final), expected["final"])


FRAMES = {
    "black": np.zeros((720, 1280, 3), dtype=np.uint8),
    "grey": np.full((720, 1280, 3), 128, dtype=np.uint8),
    "one pixel": np.full((1, 1, 3), 200, dtype=np.uint8),
    "portrait": toy.frames(1, 1280, 720)[0],
}


@pytest.mark.parametrize("name", FRAMES)
def test_extreme_frame_gives_finite_scores(graph: Session, name: str) -> None:
    for output, value in graph.run(frames=FRAMES[name][None]).items():
        assert np.isfinite(value).all(), output
        print(f"{name}: {output} {value.min():g} to {value.max():g}, mean {value.mean():g}")
