"""A drawn toy network composed end to end, and networks that cannot be."""

import copy
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from catseye_models.bundle.manifest import GRAPH
from catseye_models.bundle.provenance import Provenance
from catseye_models.compose import golden, sources
from catseye_models.compose.fuse import Fused, fuse
from catseye_models.compose.networks import Networks
from catseye_models.compose.plans import PLANS, SOFTMAX, Offer, choose
from catseye_models.compose.recipe import Composed, compose
from catseye_models.errors import ModelError, UsageError
from catseye_models.runtime import Session
from catseye_models.spec import NetworkSpec
from tests import reference, toy

ALL = SOFTMAX
CHANNELS = [channel for channel, _ in toy.SPEC.channels]
TRAIN_IDS = [train_id for _, train_id in toy.SPEC.channels]


def networks(path: Path, spec: NetworkSpec) -> Networks:
    return Networks(segmentation=sources.segmentation(path, spec))


def fused(path: Path, *, spec: NetworkSpec = toy.SPEC, plans: tuple[str, ...] = ALL) -> Fused:
    return fuse(networks(path, spec), choose(plans, Offer(segmentation=spec)))


def model_of(graph: Fused) -> onnx.ModelProto:
    return onnx.load_model_from_string(graph.data)


def session(path: Path, *, spec: NetworkSpec = toy.SPEC) -> Session:
    return Session(fused(path, spec=spec).data, name="toy")


def composed(path: Path, *, spec: NetworkSpec = toy.SPEC) -> Composed:
    return compose(
        networks(path, spec),
        plan_names=ALL,
        name="toy",
        version="1",
        frame=golden.drawn_frame(),
        provenance=Provenance(),
    )


@pytest.mark.parametrize("order", ["RGB", "BGR"])
@pytest.mark.parametrize("size", [(128, 64), (64, 32), (97, 51), (33, 200)])
def test_fused_graph_equals_network_and_formulas_run_apart(tmp_path: Path, size: tuple[int, int], order: str) -> None:
    spec = toy.spec(order=order)
    path, _ = toy.write(tmp_path, spec=spec)
    frame = toy.frames(1, size[1], size[0])[0]

    actual = session(path, spec=spec).run(frames=frame[None])

    image = reference.prepared(frame, size=(64, 32), order=order, scale=spec.scale, mean=spec.mean, std=spec.std)
    logits = Session(path.read_bytes(), name="plain").run(image=image)["logits"][0]
    expected = reference.scores(logits, channels=CHANNELS, low=-1.0, high=6.0)
    for plan in ALL:
        difference = np.abs(actual[f"{plan}.anomaly"][0].astype(float) - np.trunc(255 * expected[plan]))
        assert (difference <= 3).all()  # a pixel of the resize that is off by one level moves the logits
        assert (difference == 0).mean() >= 0.99
    labels = reference.class_map(logits, channels=CHANNELS, train_ids=TRAIN_IDS)
    assert (actual["class_map"][0] == labels).mean() >= 0.999


@pytest.mark.parametrize("size", [(128, 64), (64, 32), (97, 51)])
def test_three_unequal_frames_at_once_equal_each_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    path, _ = toy.write(tmp_path)
    graph = session(path)
    frames = toy.frames(3, size[1], size[0])
    together = graph.run(frames=frames)
    for place in range(3):
        alone = graph.run(frames=frames[place : place + 1])
        for name, value in alone.items():
            np.testing.assert_array_equal(together[name][place], value[0], err_msg=name)


def test_graph_has_one_opset_no_metadata_and_names_that_tell_the_module(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = model_of(fused(path))
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]
    assert not model.functions
    names = [node.name for node in model.graph.node]
    assert len(set(names)) == len(names)
    assert {name.split("/")[0] for name in names} == {"input", "toy", "maps", "outputs", *ALL}
    assert not any(node.doc_string or node.metadata_props for node in model.graph.node)
    dims = {
        dim.dim_param for value in [*model.graph.input, *model.graph.output] for dim in value.type.tensor_type.shape.dim
    }
    assert dims == {"batch", "height", "width", ""}  # none of the network's own n, h, w


def test_unasked_plans_leave_no_nodes_behind(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    kinds = [node.op_type for node in model_of(fused(path, plans=("max-logit",))).graph.node]
    assert "Exp" not in kinds
    assert "Min" in kinds  # the clip; the second best logit is gone


def test_composing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    assert composed(path).files == composed(path).files


def test_older_opset_is_converted_and_told(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path, opset=13)
    result = composed(path)
    (note,) = result.notes
    assert note.startswith("toy.onnx: opset 13 converted")
    model = onnx.load_model_from_string(result.files[GRAPH])
    assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]


def test_conversion_that_moves_the_logits_too_far_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = toy.write(tmp_path, opset=13)
    broken = toy.network()
    for weight in broken.graph.initializer:
        if weight.name == "second":
            moved = onnx.numpy_helper.to_array(weight) * np.float32(1.1)
            weight.CopyFrom(onnx.numpy_helper.from_array(moved, "second"))
    monkeypatch.setattr(onnx.version_converter, "convert_version", lambda *_: copy.deepcopy(broken))
    with pytest.raises(ModelError, match=r"toy\.onnx: conversion moves the answers by .* more than atol"):
        composed(path)


def test_half_precision_network_is_fed_and_read_in_its_own_type(tmp_path: Path) -> None:
    path = tmp_path / "half.onnx"
    model = toy.network()
    for weight in model.graph.initializer:
        weight.CopyFrom(
            onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(weight).astype(np.float16), weight.name)
        )
    for value in [*model.graph.input, *model.graph.output]:
        value.type.tensor_type.elem_type = TensorProto.FLOAT16
    del model.graph.value_info[:]
    onnx.save(model, path)
    full, _ = toy.write(tmp_path)

    half = fused(path)
    frame = toy.frames(1, 32, 64)
    actual = Session(half.data, name="half").run(frames=frame)
    expected = session(full).run(frames=frame)
    assert half.precision == "fp16"
    assert np.abs(actual["entropy.score"] - expected["entropy.score"]).max() < 0.02


def test_smaller_logits_are_brought_to_the_working_size(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = onnx.load(path)
    pool = helper.make_node("AveragePool", ["logits"], ["small"], kernel_shape=[4, 4], strides=[4, 4])
    model.graph.node.append(pool)
    model.graph.output[0].CopyFrom(helper.make_tensor_value_info("small", TensorProto.FLOAT, ["n", 5, 8, 16]))
    onnx.save(model, path)
    spec = toy.spec(logits="small", logits_resize="bilinear")
    actual = session(path, spec=spec).run(frames=toy.frames(1, 32, 64))
    assert actual["entropy.anomaly"].shape == (1, 32, 64)
    with pytest.raises(ModelError, match=r"output small has shape \[n, 5, 8, 16\], the spec means \[n, 5, 32, 64\]"):
        fused(path, spec=toy.spec(logits="small"))


def test_network_fixed_to_one_frame_gives_a_graph_fixed_to_one(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = onnx.load(path)
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([1, 5, 32, 64]), "one"))
    model.graph.node.append(helper.make_node("Reshape", ["logits", "one"], ["fixed"]))
    model.graph.output[0].CopyFrom(helper.make_tensor_value_info("fixed", TensorProto.FLOAT, [1, 5, 32, 64]))
    onnx.save(model, path)
    result = composed(path, spec=toy.spec(logits="fixed"))
    assert result.notes == ["toy.onnx: two frames at once do not give what each gives alone; the graph is fixed to one"]
    graph = onnx.load_model_from_string(result.files[GRAPH]).graph
    assert graph.input[0].type.tensor_type.shape.dim[0].dim_value == 1
    assert graph.output[0].type.tensor_type.shape.dim[0].dim_value == 1


def test_subgraph_of_a_network_keeps_its_meaning_under_new_names(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    plain = session(path).run(frames=toy.frames(1, 32, 64))
    model = onnx.load(path)
    branches = {}
    for name, factor in (("then_branch", 2.0), ("else_branch", -2.0)):
        weight = onnx.numpy_helper.from_array(
            np.array(factor, np.float32), "first"
        )  # hides the outer weight of this name
        out = helper.make_tensor_value_info(f"{name}_out", TensorProto.FLOAT, None)
        node = helper.make_node("Mul", ["logits", "first"], [f"{name}_out"])
        branches[name] = helper.make_graph([node], name, [], [out], [weight])
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array(True), "yes"))
    model.graph.node.append(helper.make_node("If", ["yes"], ["chosen"], **branches))
    model.graph.output[0].CopyFrom(helper.make_tensor_value_info("chosen", TensorProto.FLOAT, ["n", 5, "h", "w"]))
    onnx.save(model, path)
    doubled = session(path, spec=toy.spec(logits="chosen", max_logit_range=(-2.0, 12.0))).run(
        frames=toy.frames(1, 32, 64)
    )
    np.testing.assert_array_equal(doubled["class_map"], plain["class_map"])
    np.testing.assert_allclose(doubled["max-logit.score"], plain["max-logit.score"], atol=1e-6)


def test_local_function_is_inlined(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    plain = session(path).run(frames=toy.frames(1, 32, 64))
    model = onnx.load(path)
    body = [helper.make_node("Identity", ["a"], ["b"])]
    opsets = [helper.make_opsetid("", 18)]
    model.functions.append(helper.make_function("local", "Same", ["a"], ["b"], body, opsets))
    model.opset_import.append(helper.make_opsetid("local", 1))
    model.graph.node.append(helper.make_node("Same", ["logits"], ["same"], domain="local"))
    model.graph.output[0].name = "same"
    onnx.save(model, path)
    same = session(path, spec=toy.spec(logits="same")).run(frames=toy.frames(1, 32, 64))
    np.testing.assert_array_equal(same["entropy.score"], plain["entropy.score"])


def test_operator_of_another_domain_is_refused_by_name(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = onnx.load(path)
    model.opset_import.append(helper.make_opsetid("com.acme", 1))
    model.graph.node.append(helper.make_node("Magic", ["logits"], ["magic"], domain="com.acme"))
    model.graph.output[0].name = "magic"
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"toy\.onnx: operators of the domains com\.acme"):
        fused(path, spec=toy.spec(logits="magic"))


def test_opset_that_does_not_convert_is_refused_by_name(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = onnx.load(path)
    model.opset_import[0].version = 20
    model.graph.node.append(helper.make_node("Gelu", ["logits"], ["newer"]))
    model.graph.output[0].name = "newer"
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"toy\.onnx: opset 20 does not convert to 18: .*Gelu"):
        fused(path, spec=toy.spec(logits="newer"))


@pytest.mark.parametrize("keep", [0, 1, 100, 0.5, 0.99])
def test_file_that_is_cut_off_is_refused_by_name(tmp_path: Path, keep: float) -> None:
    path, _ = toy.write(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(keep * len(whole)) if isinstance(keep, float) else keep])
    with pytest.raises(ModelError, match=r"toy\.onnx"):
        fused(path)


def test_file_of_random_bytes_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "noise.onnx"
    path.write_bytes(np.random.default_rng(3).bytes(5000))
    with pytest.raises(ModelError, match=r"noise\.onnx: not an ONNX file, or cut off \(5000 bytes\)"):
        fused(path)


def test_missing_network_and_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.onnx does not exist"):
        fused(tmp_path / "nowhere.onnx")
    path, _ = toy.write(tmp_path)
    onnx.save(onnx.load(path), path, save_as_external_data=True, location="toy.weights", size_threshold=0)
    expected = fused(path).data  # weights in another file are taken in
    assert expected == fused(toy.write(tmp_path)[0]).data
    onnx.save(onnx.load(path), path, save_as_external_data=True, location="toy.weights", size_threshold=0)
    (tmp_path / "toy.weights").unlink()
    with pytest.raises(ModelError, match=r"toy\.weights"):
        fused(path)


def test_spec_that_does_not_fit_the_network_is_listed_whole(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path, height=32, width=64)
    with pytest.raises(ModelError) as failure:
        fused(path, spec=toy.spec(input="picture", logits="scores", width=80))
    assert failure.value.problems == (
        "toy.onnx: inputs image; the spec says picture alone",
        "toy.onnx: outputs logits; the spec says scores",
    )
    with pytest.raises(ModelError) as failure:
        fused(path, spec=toy.spec(width=80, classes=(0, 1, 2)))
    assert failure.value.problems == (
        "toy.onnx: input image has shape [n, 3, 32, 64], the spec means [n, 3, 32, 80]",
        "toy.onnx: output logits has shape [n, 5, 32, 64], the spec means [n, 3, 32, 80]",
    )


def test_channel_count_hidden_behind_symbols_is_still_found(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = onnx.load(path)
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_param = "c"
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"toy\.onnx"):
        composed(path, spec=toy.spec(classes=(0, 1, 2, 3)))


def test_network_that_answers_nan_is_refused(tmp_path: Path) -> None:
    path, _ = toy.write(tmp_path)
    model = onnx.load(path)
    model.graph.node.append(helper.make_node("Log", ["logits"], ["log"]))
    model.graph.output[0].name = "log"
    onnx.save(model, path)
    with pytest.raises(ModelError, match=r"pixels of entropy\.score are not finite"):
        composed(path, spec=toy.spec(logits="log"))


def test_plans_that_cannot_be_had_are_listed_whole() -> None:
    with pytest.raises(UsageError) as failure:
        choose(["entropy", "magic", "entropy", "max-logit"], Offer(segmentation=toy.spec(max_logit_range=None)))
    assert failure.value.problems == (
        f"plan 'magic' is none of {', '.join(PLANS)}",
        "plan entropy is named 2 times",
        "plan max-logit needs max_logit_range in the spec",
    )
    with pytest.raises(UsageError, match="no plan named"):
        choose([], Offer(segmentation=toy.SPEC))
