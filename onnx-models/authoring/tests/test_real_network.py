"""ESPNet p2 q8 on 16 real Lost & Found frames: the fused graph against the plain network run outside the package."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from catseye_models import cli
from tests import real_data, reference
from tests.test_numpy_metrics import tool

pytestmark = [pytest.mark.data, real_data.needs_data]

SPEC = Path(__file__).parents[1] / "specs" / "espnet_p2_q8.json"
MEAN, STD = (72.392, 82.909, 73.158), (45.319, 46.153, 44.915)
CHANNELS = list(range(19))  # channel 19 is void


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle that the documented command writes."""
    path = tmp_path_factory.mktemp("espnet") / "bundle"
    command = ["compose", "--segmentation", str(real_data.NETWORK), "--spec", str(SPEC)]
    assert cli.main([*command, "--plans", "entropy,distance,msp", "-o", str(path)]) == 0
    return path


def open_plainly(model: Path) -> Any:
    """Open a network with onnxruntime itself, not through our package."""
    onnxruntime = pytest.importorskip("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def test_fused_graph_equals_plain_network_on_real_frames_and_gives_the_golden_metrics(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fused, plain = open_plainly(bundle / "graphs" / "fused.onnx"), open_plainly(real_data.NETWORK)
    paths = real_data.pictures()
    assert len(paths) == 16
    for path in paths:
        frame = np.asarray(Image.open(path).convert("RGB"))
        entropy, class_map = (
            value[0] for value in fused.run(["entropy.anomaly", "class_map"], {"frames": frame[None]})
        )
        image = reference.prepared(
            frame, size=(1024, 512), order="BGR", scale=1.0, mean=MEAN, std=STD, output_scale=1 / 255
        )
        logits = plain.run(["logits"], {"image": image})[0][0]
        expected = np.trunc(255 * reference.entropy(logits, channels=CHANNELS))
        labels = reference.class_map(logits, channels=CHANNELS, train_ids=CHANNELS)
        assert (class_map == labels).mean() >= 0.9999, path.name
        assert (np.abs(entropy - expected) <= 1).mean() >= 0.999, path.name
        Image.fromarray(entropy).save(tmp_path / f"{path.stem.removesuffix('_leftImg8bit')}.png")

    tool.main(["--scores", str(tmp_path), "--masks", str(real_data.MASKS)])
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "frames 16  valid pixels 27287843  anomaly pixels 114522"
    shown = {name: float(value) for name, value in (line.split() for line in lines)}
    # Source: shared/data/MANIFEST.md, golden from bytes
    assert shown == pytest.approx({"AP": 0.054496, "AUROC": 0.943624, "FPR95": 0.171540}, abs=2e-4)


def test_composed_bundle_passes_its_check(bundle: Path) -> None:
    assert cli.main(["check", str(bundle)]) == 0
