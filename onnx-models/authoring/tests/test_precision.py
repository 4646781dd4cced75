"""fp16 and int8 variants of toy networks: what they answer, what they say of it, and when they are refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from catseye_models import cli
from catseye_models.bundle.manifest import GRAPH
from catseye_models.bundle.precision import precision_of
from catseye_models.compose import plans
from catseye_models.compose.fuse import fuse_inputs
from catseye_models.compose.networks import Network, Networks
from catseye_models.precision import half, layers
from catseye_models.precision.half import Halves
from catseye_models.precision.int8 import Quantised
from catseye_models.runtime import Session
from tests import deep, reference, toy

PLANS = ("entropy", "distance", "msp", "max-logit")
FRAMES = toy.frames(6, 40, 80)
NEEDS_CALIBRATION = "--calibration goes with --precision int8, which needs it: pictures other than --pictures"
MEASURED, CALIBRATING = FRAMES[:3], FRAMES[3:]


class Workshop:
    """A folder with a network, its spec and pictures, and the command that makes bundles of them."""

    def __init__(self, folder: Path, model: onnx.ModelProto) -> None:
        self.folder = folder
        onnx.save(model, folder / "net.onnx")
        (folder / "net.json").write_text(toy.SPEC.to_json(), encoding="utf-8")
        for name, frames in (("measured", MEASURED), ("calibrating", CALIBRATING)):
            (folder / name / "day").mkdir(parents=True)
            for number, frame in enumerate(frames):
                Image.fromarray(frame).save(folder / name / "day" / f"{number}.png")

    def compose(self, output: str, *more: str, plans: str = ",".join(PLANS)) -> int:
        network = ("--segmentation", str(self.folder / "net.onnx"), "--spec", str(self.folder / "net.json"))
        return cli.main(["compose", *network, "--plans", plans, *more, "-o", str(self.folder / output)])

    def variant(self, precision: str, *more: str, output: str = "variant", plans: str = ",".join(PLANS)) -> int:
        pictures = ("--precision", precision, "--pictures", str(self.folder / "measured"))
        calibration = ("--calibration", str(self.folder / "calibrating")) if precision == "int8" else ()
        return self.compose(output, *pictures, *calibration, *more, plans=plans)

    def graph(self, bundle: str) -> bytes:
        return (self.folder / bundle / GRAPH).read_bytes()

    def stated(self, bundle: str = "variant") -> dict[str, Any]:
        manifest = json.loads((self.folder / bundle / "bundle.json").read_text(encoding="utf-8"))
        (graph,) = manifest["graphs"]
        return {"precision": graph["precision"], **graph.get("difference", {})}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A network that is easy to narrow."""
    return Workshop(tmp_path, deep.network())


def answers(graph: bytes, frames: np.ndarray) -> dict[str, np.ndarray]:
    return Session(graph, name="graph").run(frames=frames)


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_variant_states_the_difference_that_is_measured_again(workshop: Workshop, precision: str) -> None:
    assert workshop.compose("full") == 0
    assert workshop.variant(precision) == 0
    stated = workshop.stated()
    assert stated["precision"] == precision
    assert stated["to"] == workshop.stated("full")["precision"] == "fp32"
    assert [picture["file"] for picture in stated["pictures"]] == ["day/0.png", "day/1.png", "day/2.png"]
    full, narrow = answers(workshop.graph("full"), MEASURED), answers(workshop.graph("variant"), MEASURED)
    for entry, plan in zip(stated["plans"], PLANS, strict=True):
        difference = np.abs(full[f"{plan}.score"].astype(float) - narrow[f"{plan}.score"])
        assert entry == {
            "plan": plan,
            "mean": pytest.approx(difference.mean(), abs=1e-7),
            "largest": pytest.approx(difference.max(), abs=1e-6),
            "share_within_one_level": pytest.approx((difference <= 1 / 255).mean(), abs=1e-6),
        }
        assert 0 < entry["mean"] <= stated["bound"]
    if precision == "fp16":
        assert all(0 < entry["mean"] <= stated["bound"] for entry in stated["plans_rounded"])


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_variant_is_sound_and_takes_batches(workshop: Workshop, precision: str) -> None:
    assert workshop.variant(precision) == 0
    assert cli.main(["check", str(workshop.folder / "variant")]) == 0
    model = onnx.load_model_from_string(workshop.graph("variant"))
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]
    names = [node.name for node in model.graph.node]
    assert len(set(names)) == len(names)
    together = answers(workshop.graph("variant"), MEASURED)
    for place in range(len(MEASURED)):
        alone = answers(workshop.graph("variant"), MEASURED[place : place + 1])
        for name, value in alone.items():
            np.testing.assert_array_equal(together[name][place], value[0], err_msg=name)


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_same_input_gives_the_same_bytes(workshop: Workshop, precision: str) -> None:
    assert workshop.variant(precision, output="once.zip") == 0
    assert workshop.variant(precision, output="twice.zip") == 0
    assert (workshop.folder / "once.zip").read_bytes() == (workshop.folder / "twice.zip").read_bytes()


def test_networks_are_calibrated_on_what_the_fused_graph_gives_them() -> None:
    spec = toy.spec(order="BGR")
    networks = Networks(segmentation=Network(file="deep", model=deep.network(), spec=spec))
    graph = fuse_inputs(networks, plans.choose(["msp"], plans.Offer(segmentation=spec)))
    (found,) = answers(graph, FRAMES[:1]).values()
    expected = reference.prepared(FRAMES[0], size=(64, 32), order="BGR", scale=spec.scale, mean=spec.mean, std=spec.std)
    close = np.isclose(found, expected, atol=1e-5)
    assert found.shape == expected.shape
    assert close.mean() >= 0.99  # the others are off by one level of the resize


def test_half_precision_halves_the_file(tmp_path: Path) -> None:
    wide = Workshop(tmp_path, toy_of_many_weights())
    assert wide.compose("full", plans="msp") == 0
    assert wide.variant("fp16", plans="msp") == 0
    assert len(wide.graph("variant")) < 0.55 * len(wide.graph("full"))


def toy_of_many_weights() -> onnx.ModelProto:
    model = toy.network()
    weight = np.random.default_rng(5).standard_normal((8, 8, 51, 51)).astype(np.float32) / 144
    model.graph.initializer.append(numpy_helper.from_array(weight, "many"))
    first, relu, last = model.graph.node
    middle = helper.make_node("Conv", [relu.output[0], "many"], ["blurred"], pads=[25, 25, 25, 25])
    last.input[0] = "blurred"
    del model.graph.node[:]
    model.graph.node.extend([first, relu, middle, last])
    return model


def test_logits_beyond_half_precision_leave_every_score_finite(tmp_path: Path) -> None:
    extreme = Workshop(tmp_path, deep.network({deep.LAYERS - 1: 1e6}))
    plans = "entropy,distance,msp"
    assert extreme.compose("full", plans=plans) == 0
    assert extreme.variant("fp16", plans=plans) == 0
    model = extreme.folder / "net.onnx"
    image = np.random.default_rng(1).standard_normal((1, 3, 32, 64), dtype=np.float32)
    assert np.abs(Session(model.read_bytes(), name="net").run(image=image)["logits"]).max() > half.LARGEST
    found = answers(extreme.graph("variant"), np.stack([np.zeros_like(FRAMES[0]), np.full_like(FRAMES[0], 255)]))
    assert all(np.isfinite(found[f"{plan}.score"]).all() for plan in plans.split(","))


def test_layers_that_overflow_are_left_out_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    overflowing = Workshop(tmp_path, deep.network({2: 1e6, 3: 1e-6}))
    assert overflowing.variant("fp16") == 0
    stated = overflowing.stated()
    assert stated["left_out"] == {"toy": ["layer_2", "layer_3"]}
    assert "toy: stay fp32: layer_2, layer_3" in capsys.readouterr().err
    graph = onnx.load_model_from_string(overflowing.graph("variant")).graph
    types = {weight.name: weight.data_type for weight in graph.initializer if "weight_" in weight.name}
    full = {name for name, data_type in types.items() if data_type == TensorProto.FLOAT}
    assert full == {"toy/weight_2", "toy/weight_3", "toy/weight_7"}  # and the one that gives the answer


def test_layers_that_8_bits_cannot_hold_are_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uneven = Workshop(tmp_path, deep.network(outlier=2))
    assert uneven.variant("int8") == 0
    stated = uneven.stated()
    left_out = stated["left_out"]["toy"]
    assert {"layer_2", "layer_3"} <= set(left_out)
    assert len(left_out) <= stated["layers"] / 2 == 3.5
    assert [picture["file"] for picture in stated["calibration"]] == ["day/0.png", "day/1.png", "day/2.png"]
    assert f"toy: stay fp32: {', '.join(left_out)}" in capsys.readouterr().err
    graph = onnx.load_model_from_string(uneven.graph("variant")).graph
    full = {weight.name for weight in graph.initializer if weight.name.startswith("toy/weight_")}
    assert {name for name in full if "_quantized" not in name and "_scale" not in name and "_zero" not in name} == {
        name.replace("layer", "toy/weight") for name in (*left_out, "layer_7")
    }


def test_values_beyond_the_calibrated_range_leave_every_score_finite(workshop: Workshop) -> None:
    assert workshop.variant("int8") == 0
    found = answers(workshop.graph("variant"), np.stack([np.zeros_like(FRAMES[0]), np.full_like(FRAMES[0], 255)]))
    assert all(np.isfinite(found[f"{plan}.score"]).all() for plan in PLANS)


@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_variant_beyond_its_bound_is_refused_with_its_numbers(
    tmp_path: Path, precision: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = Workshop(tmp_path, deep.network())
    monkeypatch.setattr({"fp16": Halves, "int8": Quantised}[precision], "bound", 1e-9)
    assert workshop.variant(precision) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"catseye-models compose: {precision} is beyond its bound of 1e-09, nothing was written: ")
    assert "mean |difference of A| 0.0" in line
    assert line.endswith("3 pictures; more than 3 of 7 layers would have to stay fp32")
    assert not (tmp_path / "variant").exists()


def test_thresholds_and_plans_of_a_bundle_stay_with_its_variant(workshop: Workshop) -> None:
    points = {"msp": [{"name": "tpr95", "threshold": 0.25, "source": "drawn"}]}
    (workshop.folder / "told.json").write_text(json.dumps({"data": "toys", "operating_points": points}))
    told = ("--provenance", str(workshop.folder / "told.json"), "--modules")
    assert workshop.compose("full", *told, plans="msp,entropy") == 0
    command = ("compose", "--from", str(workshop.folder / "full"), "--precision", "fp16")
    pictures = ("--pictures", str(workshop.folder / "measured"))
    assert cli.main([*command, *pictures, "-o", str(workshop.folder / "variant")]) == 0
    manifest = json.loads((workshop.folder / "variant" / "bundle.json").read_text())
    assert [plan["name"] for plan in manifest["plans"]] == ["msp", "entropy"]
    (point,) = manifest["plans"][0]["operating_points"]
    assert point == {"name": "tpr95", "threshold": 0.25, "source": "drawn; before fp16"}
    assert manifest["plans"][1]["operating_points"][0]["name"] == "uncalibrated"
    assert (manifest["name"], manifest["provenance"]["data"]) == ("toy-fp16", "toys")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("--precision", "fp16"), "--precision fp16: needs --pictures, on which the difference is measured"),
        (("--precision", "fp16", "--pictures", "nowhere"), "nowhere: no such folder"),
        (("--precision", "fp16", "--pictures", "empty"), "empty: holds no pictures (.jpeg, .jpg, .png, .webp)"),
        (("--pictures", "measured"), "--pictures and --calibration go with --precision fp16 or int8"),
        (("--precision", "int8", "--pictures", "measured"), NEEDS_CALIBRATION),
        (("--precision", "fp16", "--pictures", "measured", "--calibration", "calibrating"), NEEDS_CALIBRATION),
        (
            ("--precision", "int8", "--pictures", "measured", "--calibration", "measured/day"),
            "calibration and measurement share 3 pictures (0.png, 1.png, 2.png): "
            "a difference measured on calibration pictures flatters",
        ),
    ],
)
def test_each_mistake_is_one_line(
    workshop: Workshop,
    more: tuple[str, ...],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(workshop.folder)
    Path("empty").mkdir()
    assert workshop.compose("variant", *more) == 2
    assert capsys.readouterr().err == f"catseye-models compose: {message}\n"
    assert not Path("variant").exists()


def test_damaged_picture_is_named(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    (workshop.folder / "measured" / "day" / "1.png").write_bytes(b"no picture")
    assert workshop.variant("fp16") == 1
    assert "day/1.png: not a picture that can be read (10 bytes)" in capsys.readouterr().err


def test_network_of_which_nothing_can_be_narrowed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = plain([helper.make_node("Conv", ["image", "mix"], ["logits"])], {"mix": np.ones((5, 3, 1, 1), np.float32)})
    assert Workshop(tmp_path, model).variant("fp16") == 1
    message = "catseye-models compose: none of 0 layers can be narrowed to fp16; nothing was written\n"
    assert capsys.readouterr().err == message


def test_network_that_is_not_fp32_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = deep.network()
    del model.graph.value_info[:]
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.elem_type = TensorProto.FLOAT16
    for weight in model.graph.initializer:
        narrow = numpy_helper.to_array(weight).astype(np.float16)
        weight.CopyFrom(numpy_helper.from_array(narrow, weight.name))
    assert Workshop(tmp_path, model).variant("fp16") == 1
    assert "net.onnx: is not fp32, layer_0 gives FLOAT16" in capsys.readouterr().err


def test_manifest_that_names_another_precision_is_found(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert workshop.compose("full") == 0
    path = workshop.folder / "full" / "bundle.json"
    path.write_text(path.read_text().replace('"precision": "fp32"', '"precision": "int8"'))
    assert cli.main(["check", str(workshop.folder / "full")]) == 1
    assert f"{GRAPH}: computes in fp32, the manifest says int8" in capsys.readouterr().err


def plain(nodes: list[onnx.NodeProto], weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return a network of 1x1 convolutions and the like."""
    shape = ["n", None, None, None]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("image", "logits")]
    initializers = [numpy_helper.from_array(value, name) for name, value in weights.items()]
    graph = helper.make_graph(nodes, "plain", ends[:1], ends[1:], initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


MIX = np.array([[[[0.5]], [[0.25]]], [[[-1.0]], [[2.0]]]], np.float32)
IDENTITY: np.ndarray = np.eye(2, dtype=np.float32).reshape(2, 2, 1, 1)
PICTURE = np.random.default_rng(2).standard_normal((1, 2, 4, 4), dtype=np.float32)


def halved(model: onnx.ModelProto) -> tuple[onnx.ModelProto, np.ndarray, np.ndarray]:
    """Return the fp16 network, its answer and that of the fp32 one."""
    narrow = half.narrowed(layers.prepared(model, name="plain"), wide=())
    onnx.checker.check_model(narrow, full_check=True)
    output = model.graph.output[0].name
    found = [Session(one.SerializeToString(), name="plain").run(image=PICTURE)[output] for one in (narrow, model)]
    return narrow, found[0], found[1]


def test_answer_that_also_feeds_a_layer_comes_out_in_full() -> None:
    nodes = [
        helper.make_node("Conv", ["image", "mix"], ["logits"], name="first"),
        helper.make_node("Conv", ["logits", "mix"], ["unused"], name="second"),
    ]
    model = plain(nodes, {"mix": MIX})
    model.graph.output.append(helper.make_tensor_value_info("unused", TensorProto.FLOAT, ["n", 2, 4, 4]))
    narrow, actual, expected = halved(model)
    assert precision_of(narrow.graph) == "fp16"
    assert [value.name for value in narrow.graph.output] == ["logits", "unused"]
    assert actual.dtype == np.float32
    np.testing.assert_allclose(actual, expected, atol=2e-3)
    types = {weight.name: weight.data_type for weight in narrow.graph.initializer}
    assert types == {"mix": TensorProto.FLOAT, "mix:fp16": TensorProto.FLOAT16}  # the last layer is fp32


def test_scales_of_a_resize_and_fragile_operators_stay_float32() -> None:
    nodes = [
        helper.make_node("Conv", ["image", "mix"], ["mixed"], name="first"),
        helper.make_node("Resize", ["mixed", "", "scales"], ["grown"], name="grow"),
        helper.make_node("InstanceNormalization", ["grown", "one", "zero"], ["normal"], name="norm"),
        helper.make_node("MaxPool", ["normal"], ["small"], kernel_shape=[2, 2], strides=[2, 2], name="pool"),
        helper.make_node("Conv", ["small", "mix"], ["logits"], name="second"),
    ]
    weights = {"mix": MIX, "scales": np.array([1, 1, 2, 2], np.float32)}
    weights |= {"one": np.ones(2, np.float32), "zero": np.zeros(2, np.float32)}
    narrow, actual, expected = halved(plain(nodes, weights))
    np.testing.assert_allclose(actual, expected, atol=5e-3)
    types = {weight.name: weight.data_type for weight in narrow.graph.initializer}
    assert {types["scales"], types["one"], types["zero"]} == {TensorProto.FLOAT}


def test_rounding_shows_what_the_cpu_provider_hides() -> None:
    nodes = [
        helper.make_node("Conv", ["image", "mix"], ["mixed"], name="first"),
        helper.make_node("Conv", ["mixed", "large"], ["beyond"], name="grow"),
        helper.make_node("Conv", ["beyond", "small"], ["back"], name="shrink"),
        helper.make_node("Conv", ["back", "mix"], ["logits"], name="second"),
    ]
    weights = {"mix": MIX, "large": 60000 * IDENTITY, "small": IDENTITY / 60000}
    narrow, as_run, expected = halved(plain(nodes, weights))
    np.testing.assert_allclose(as_run, expected, atol=0.05)  # 1 / 60000 is no normal number in half precision
    rounded = half.rounded(narrow)
    onnx.checker.check_model(rounded, full_check=True)
    assert not np.isfinite(Session(rounded.SerializeToString(), name="plain").run(image=PICTURE)["logits"]).all()


def test_rounding_is_that_of_half_precision() -> None:
    nodes = [
        helper.make_node("Conv", ["image", "mix"], ["mixed"], name="first"),
        helper.make_node("Add", ["mixed", "mixed"], ["twice"], name="add"),
        helper.make_node("Conv", ["twice", "same"], ["logits"], name="second"),
    ]
    narrow, _, _ = halved(plain(nodes, {"mix": MIX, "same": IDENTITY}))
    actual = Session(half.rounded(narrow).SerializeToString(), name="plain").run(image=PICTURE)["logits"]
    mixed = np.einsum("nchw,oc->nohw", PICTURE.astype(np.float16).astype(np.float32), MIX[:, :, 0, 0])
    twice = 2 * mixed.astype(np.float16)
    np.testing.assert_array_equal(actual, twice.astype(np.float32))


def test_value_that_a_subgraph_reads_stays_float32() -> None:
    branch = [
        helper.make_graph(
            [helper.make_node(kind, ["mixed"], [f"{kind}_out"])],
            kind,
            [],
            [helper.make_tensor_value_info(f"{kind}_out", TensorProto.FLOAT, None)],
        )
        for kind in ("Abs", "Neg")
    ]
    nodes = [
        helper.make_node("Conv", ["image", "mix"], ["mixed"], name="first"),
        helper.make_node("If", ["yes"], ["chosen"], then_branch=branch[0], else_branch=branch[1], name="if"),
        helper.make_node("Add", ["chosen", "mixed"], ["sum"], name="add"),
        helper.make_node("Conv", ["sum", "mix"], ["logits"], name="second"),
    ]
    narrow, actual, expected = halved(plain(nodes, {"mix": MIX, "yes": np.array(True)}))
    assert precision_of(narrow.graph) == "fp16"  # the sum
    np.testing.assert_allclose(actual, expected, atol=5e-3)


def test_layers_and_what_lies_behind_them_are_told_apart() -> None:
    model = layers.prepared(deep.network(), name="deep")
    assert layers.layers(model) == tuple(f"layer_{number}" for number in range(deep.LAYERS))
    assert layers.answering(model) == {f"layer_{deep.LAYERS - 1}"}
    assert layers.narrowable(model, ["Conv"]) == tuple(f"layer_{number}" for number in range(deep.LAYERS - 1))
    assert layers.narrowable(model, ["Gemm"]) == ()
    relu = next(node.name for node in model.graph.node if node.op_type == "Relu")
    assert layers.behind(model, {"layer_0"}) == {"layer_0", relu}


@pytest.mark.torch
@pytest.mark.parametrize("precision", ["fp16", "int8"])
def test_light_bundle_is_narrowed_network_by_network(
    imported_light: Path, tmp_path: Path, precision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Quantised, "bound", 0.2)  # drawn weights are hard on 8 bits; here it is about the graph
    workshop = Workshop(tmp_path, deep.network())
    command = ("compose", "--from", str(imported_light), "--precision", precision, "--modules", "--plans")
    pictures = ("--pictures", str(tmp_path / "measured"), "-o", str(tmp_path / "variant"))
    calibration = ("--calibration", str(tmp_path / "calibrating")) if precision == "int8" else ()
    assert cli.main([*command, "synboost-light,entropy", *pictures, *calibration]) == 0
    stated = workshop.stated()
    assert [entry["plan"] for entry in stated["plans"]] == ["synboost-light", "entropy"]
    assert stated["precision"] == precision
    networks = {path.stem: onnx.load(path) for path in (tmp_path / "variant" / "modules").glob("*.onnx")}
    found = {name: precision_of(model.graph) for name, model in networks.items()}
    used = dict.fromkeys(("segmentation", "synthesis", "perceptual", "dissimilarity"), precision)
    assert found == {**used, "comparator": "fp32"}  # no plan uses that
