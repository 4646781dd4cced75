"""Makes the test resources beside this file; run it with the Python of `onnx-models/authoring` (extra `dev`).

    ../../../authoring/.venv/bin/python make_resources.py

- `toy/`: a bundle made by `catseye-models compose` around a network that knows three colours: road grey, leaf green
  and sky blue. Its logits are -distance^2 to each colour, so a pixel of another colour has a high entropy.
- `mixed/`: a bundle with the plans of SynBoost Light around networks of one layer, so that its graph has maps of two
  sizes and an RGB picture; with the stages of that graph.
- `kit/`: goldens of the frame of `mixed/` in the layout of the parity kit: what its stages answer here, and labels,
  edges and the mix of the score by NumPy.
- `toy-fp16/`, `toy-int8/`: variants of a like network of two layers, as `compose --precision` makes them.
- `pictures/`: small pictures in every variant we read or refuse, and what Pillow decodes them to (`.npy`).
- `resampler/`: mode "F" pictures and what Pillow's bicubic resize makes of them.
"""

import hashlib
import io
import json
import struct
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageCms

from catseye_models.bundle import check, stages, store
from catseye_models.bundle.provenance import Provenance
from catseye_models.cli import main as catseye_models
from catseye_models.compose.networks import Network, Networks
from catseye_models.compose.recipe import compose
from catseye_models.labels import CITYSCAPES, CITYSCAPES_LABEL_IDS, LabelSpace
from catseye_models.module import ModuleSpec, TensorSpec
from catseye_models.published import GENERATOR_LABELS
from catseye_models.spec import NetworkSpec

HERE = Path(__file__).parent
WIDTH, HEIGHT = 64, 32
COLOURS = {"road": (100, 100, 100), "leaf": (40, 120, 30), "sky": (120, 170, 230)}
SHARPNESS = 60.0


def colour_network(colours: np.ndarray) -> onnx.ModelProto:
    """Return a 1x1 convolution whose logits are -SHARPNESS * |pixel - colour|^2 (but for |pixel|^2, equal for all).

    Args:
        colours: [classes, 3], R G B, 0 to 255.
    """
    means = colours.astype(np.float32) / 255
    weight = numpy_helper.from_array((2 * SHARPNESS * means)[:, :, None, None], "weight")
    bias = numpy_helper.from_array(-SHARPNESS * (means**2).sum(1), "bias")
    shape = ["n", 3, "h", "w"]
    graph = helper.make_graph(
        [helper.make_node("Conv", ["image", "weight", "bias"], ["logits"], name="conv")],
        "toy",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(means), "h", "w"])],
        [weight, bias],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def toy_frame() -> np.ndarray:
    """Return sky above leaves above road, 128 x 64, and on the road a box as far from each of the three colours."""
    frame = np.empty((64, 128, 3), np.uint8)
    frame[:24], frame[24:32], frame[32:] = COLOURS["sky"], COLOURS["leaf"], COLOURS["road"]
    frame[40:52, 60:76] = (35, 225, 128)
    return frame


def toy_spec() -> NetworkSpec:
    """Return how the toy networks are fed and read."""
    return NetworkSpec(
        name="toy",
        input="image",
        order="RGB",
        width=WIDTH,
        height=HEIGHT,
        resize="pillow-bicubic",
        scale=1 / 255,
        mean=(0.0, 0.0, 0.0),
        std=(1.0, 1.0, 1.0),
        logits="logits",
        classes=(0, 1, 2),
        labels=LabelSpace(name="toy-3", classes=tuple(COLOURS), drivable=("road",)),
        licence="Apache-2.0",
    )


def make_toy() -> None:
    """Write the bundle `toy/`."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        onnx.save(colour_network(np.array(list(COLOURS.values()))), base / "toy.onnx")
        (base / "toy.json").write_text(toy_spec().to_json(), encoding="utf-8")
        Image.fromarray(toy_frame()).save(base / "frame.png")
        arguments = ["compose", "--segmentation", base / "toy.onnx", "--spec", base / "toy.json"]
        arguments += ["--plans", "entropy,msp", "--frame", base / "frame.png", "--modules", "--replace"]
        if catseye_models([*map(str, arguments), "-o", str(HERE / "toy")]) != 0:
            sys.exit("compose failed")


def drawn_colours() -> np.ndarray:
    """Return one colour per Cityscapes class, [19, 3], far from each other."""
    places = np.arange(1, len(CITYSCAPES.classes) + 1)
    return np.stack([places * 97 % 256, places * 41 % 256, places * 151 % 256], axis=1)


def one_layer(
    name: str, nodes: list[onnx.NodeProto], weights: dict[str, np.ndarray], **ends: list[TensorSpec]
) -> Network:
    """Return a network file of a few nodes."""
    spec = ModuleSpec(name=name, inputs=tuple(ends["inputs"]), outputs=tuple(ends["outputs"]), atol=1e-4)
    values = [
        [helper.make_tensor_value_info(one.name, TensorProto.FLOAT, ["n", *one.shape]) for one in side]
        for side in (spec.inputs, spec.outputs)
    ]
    constants = [numpy_helper.from_array(value, key) for key, value in weights.items()]
    graph = helper.make_graph(nodes, name, *values, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    return Network(file=name, model=model, spec=spec)


def mixed_modules() -> dict[str, Network]:
    """Return stand-ins for SPADE, VGG19 and both dissimilarity networks, drawn weights, working size 32 x 64."""
    random = np.random.default_rng(11)

    def drawn(*shape: int) -> np.ndarray:
        return random.standard_normal((*shape, 1, 1)).astype(np.float32) / np.float32(np.sqrt(shape[-1]))

    def tensor(name: str, channels: int, shrink: int = 1) -> TensorSpec:
        return TensorSpec(name=name, shape=(channels, HEIGHT // shrink, WIDTH // shrink))

    classes = len(CITYSCAPES.classes)
    image, synthesis, semantic, prior = (
        tensor(name, channels)
        for name, channels in {"image": 3, "synthesis": 3, "semantic": classes, "prior": 3}.items()
    )
    paint = [
        helper.make_node("Conv", ["labels", "weight"], ["paint"]),
        helper.make_node("Tanh", ["paint"], ["picture"]),
    ]
    levels = [
        helper.make_node("Sub", ["image", "synthesis"], ["difference"]),
        helper.make_node("ReduceL2", ["difference", "channels"], ["map1"]),
        *(
            helper.make_node("AveragePool", [f"map{level}"], [f"map{level + 1}"], kernel_shape=[2, 2], strides=[2, 2])
            for level in range(1, 5)
        ),
    ]

    def judge(name: str, inputs: list[TensorSpec]) -> Network:
        nodes = [
            helper.make_node("Concat", [one.name for one in inputs], ["all"], axis=1),
            helper.make_node("Conv", ["all", "weight"], ["logits"]),
        ]
        weight = drawn(2, sum(one.shape[0] for one in inputs))
        return one_layer(name, nodes, {"weight": weight}, inputs=inputs, outputs=[tensor("logits", 2)])

    return {
        "synthesis": one_layer(
            "synthesis",
            paint,
            {"weight": 4 * drawn(3, GENERATOR_LABELS + 1)},
            inputs=[tensor("labels", GENERATOR_LABELS + 1)],
            outputs=[tensor("picture", 3)],
        ),
        "perceptual": one_layer(
            "perceptual",
            levels,
            {"channels": np.array([1])},
            inputs=[image, synthesis],
            outputs=[tensor(f"map{level}", 1, 1 << level - 1) for level in range(1, 6)],
        ),
        "dissimilarity": judge("dissimilarity", [image, synthesis, semantic, prior]),
        "comparator": judge("comparator", [image, synthesis, semantic]),
    }


def mixed_frame() -> np.ndarray:
    """Return patches in the colours of the classes under noise, and one in a colour of none, 200 x 120."""
    random = np.random.default_rng(12)
    patches = drawn_colours()[random.integers(len(CITYSCAPES.classes), size=(6, 8))]
    patches[3, 4] = (250, 5, 130)
    frame = patches.repeat(20, axis=0).repeat(25, axis=1) + random.normal(0, 10, (120, 200, 3))
    return np.clip(frame, 0, 255).astype(np.uint8)


def make_mixed() -> None:
    """Write the bundle `mixed/`."""
    spec = NetworkSpec(
        input="image",
        order="RGB",
        width=2 * WIDTH,
        height=2 * HEIGHT,
        resize="pillow-bicubic",
        scale=1 / 255,
        mean=(0.0, 0.0, 0.0),
        std=(1.0, 1.0, 1.0),
        logits="logits",
        classes=tuple(range(len(CITYSCAPES.classes))),
        licence="Apache-2.0",
    )
    segmentation = Network(file="segmentation", model=colour_network(drawn_colours()), spec=spec)
    composed = compose(
        Networks(segmentation=segmentation, modules=mixed_modules()),
        plan_names=["synboost-light", "resynthesis", "entropy"],
        name="mixed",
        version="0.1.0",
        frame=mixed_frame(),
        provenance=Provenance(data="drawn weights"),
        carry_modules=True,
    )
    check.require_sound(composed.files)
    store.write(HERE / "mixed", composed.files, replace=True)


def make_kit() -> None:
    """Write `kit/`; `mixed/` must be there."""
    folder = HERE / "kit"
    folder.mkdir(exist_ok=True)
    frame = mixed_frame()
    Image.fromarray(frame).save(folder / "street.png")
    files = store.read(HERE / "mixed")
    manifest = json.loads(files[store.MANIFEST])
    found = {name: value[0] for name, value in stages.run(manifest["stages"], files, frame[None]).items()}

    labels = np.array(CITYSCAPES_LABEL_IDS, np.uint8)[found["class_map"][1::2, 1::2]]
    edge = np.zeros_like(labels)
    for here, there in ((np.s_[:-1], np.s_[1:]), (np.s_[:, :-1], np.s_[:, 1:])):
        differs = labels[here] != labels[there]
        edge[here] |= differs
        edge[there] |= differs
    score = (0.75 * found["q"] + 0.25 * (found["entropy"][1::2, 1::2] / np.float32(255))).astype(np.float32)
    final = np.asarray(Image.fromarray(score).resize((frame.shape[1], frame.shape[0]), Image.Resampling.BICUBIC))

    pictures = {"class_map": found["class_map"], "E8": found["entropy"], "D8": found["distance"], "label256": labels}
    pictures |= {"edge": edge * 255, "S8": found["synthesis"], "P8": found["perceptual"]}
    for name, picture in pictures.items():
        Image.fromarray(picture).save(folder / f"{name}.png")
    for name, array in {"V": found["difference"], "q": found["q"], "A": score}.items():
        np.save(folder / f"{name}.npy", array)
    np.savez_compressed(folder / "logits_every16.npz", Z=found["logits"][:, ::16, ::16])
    np.savez_compressed(folder / "final.npz", final_f16=final.astype(np.float16), final_every4=final[::4, ::4])

    powers = np.exp(found["logits"].astype(np.float64))
    shares = np.sort(powers / powers.sum(axis=0), axis=0)
    entropy = -(shares * np.log(np.maximum(shares, 1e-300))).sum(axis=0)
    gap = shares[-1] - shares[-2]
    extremes = {"H": entropy, "r": gap, "V": found["difference"]}
    meta = {
        "pipeline": "light",
        "source_image": {
            "file": "street.png",
            "sha256": hashlib.sha256((folder / "street.png").read_bytes()).hexdigest(),
        },
        "scalars": {
            f"{name}_{end}": float(getattr(plane, end)()) for name, plane in extremes.items() for end in ("min", "max")
        },
        "suggested_tolerances": {
            "stage_by_stage": {"label256,edge": {"mismatch_fraction": 0.0}, "A": {"max_abs": 1e-6}},
            "end_to_end": {"P8": {"share_within_1_level": 0.999, "max_level": 3}},
        },
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def narrowable_network() -> onnx.ModelProto:
    """Return the toy network, a tenth as steep, behind another layer that passes colours on."""
    model = colour_network(np.array(list(COLOURS.values())))
    for weight in model.graph.initializer:
        weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight) / 10, weight.name))
    model.graph.initializer.append(numpy_helper.from_array(np.eye(3, dtype=np.float32)[:, :, None, None], "same"))
    first = [helper.make_node("Conv", ["image", "same"], ["passed"]), helper.make_node("Relu", ["passed"], ["hidden"])]
    (conv,) = model.graph.node
    conv.input[0] = "hidden"
    last = helper.make_node(conv.op_type, conv.input, conv.output, name=conv.name)
    del model.graph.node[:]
    model.graph.node.extend([*first, last])
    return model


def make_variants() -> None:
    """Write the bundles `toy-fp16/` and `toy-int8/`."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        onnx.save(narrowable_network(), base / "toy.onnx")
        (base / "toy.json").write_text(toy_spec().to_json(), encoding="utf-8")
        Image.fromarray(toy_frame()).save(base / "frame.png")
        for name, picture in (("pictures", scene(128, 64)), ("calibration", scene(96, 48))):
            (base / name).mkdir()
            Image.fromarray(picture).save(base / name / "scene.png")
        arguments = ["compose", "--segmentation", base / "toy.onnx", "--spec", base / "toy.json", "--plans", "entropy"]
        arguments += ["--frame", base / "frame.png", "--replace", "--pictures", base / "pictures", "--precision"]
        for precision in (["fp16"], ["int8", "--calibration", base / "calibration"]):
            output = ["-o", HERE / f"toy-{precision[0]}"]
            if catseye_models([*map(str, [*arguments, *precision, *output])]) != 0:
                sys.exit("compose failed")


def scene(width: int, height: int) -> np.ndarray:
    """Return smooth colours under noise, uint8 [height, width, 3]."""
    rng = np.random.default_rng(5)
    rows, columns = np.mgrid[0:height, 0:width]
    waves = 128 + 70 * np.sin(rows[..., None] / 7 + np.arange(3)) + 40 * np.cos(columns[..., None] / 5)
    return np.clip(waves + rng.normal(0, 12, (height, width, 3)), 0, 255).astype(np.uint8)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one PNG chunk with its CRC."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, raw: bytes, *, interlace: int = 0) -> bytes:
    """Return a PNG around filtered rows that Pillow would not write itself."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def interlaced(picture: np.ndarray) -> bytes:
    """Return an Adam7 PNG of an RGB picture."""
    height, width, _ = picture.shape
    raw = b""
    for top, left, down, right in [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
                                   (1, 0, 2, 1)]:  # fmt: skip
        raw += b"".join(b"\0" + row.tobytes() for row in picture[top::down, left::right])
    return png(width, height, 8, 2, raw, interlace=1)


def make_pictures() -> None:
    """Write `pictures/`."""
    folder = HERE / "pictures"
    folder.mkdir(exist_ok=True)
    pixels = scene(49, 37)
    rgb = Image.fromarray(pixels)
    grey = rgb.convert("L")
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)  # the time of its making
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    rgb.save(folder / "colour.jpg", quality=90)
    rgb.save(folder / "full-chroma.jpg", quality=95, subsampling=0)
    rgb.save(folder / "progressive.jpg", quality=85, progressive=True)
    rgb.save(folder / "restart.jpg", quality=85, restart_marker_blocks=3)
    rgb.save(folder / "metadata.jpg", quality=90, exif=exif, icc_profile=bytes(profile), comment=b"hello")
    grey.save(folder / "grey.jpg", quality=90)
    rgb.convert("CMYK").save(folder / "cmyk.jpg", quality=90)
    rgb.save(folder / "colour.png")
    grey.save(folder / "grey.png")
    rgb.convert("P", palette=Image.Palette.ADAPTIVE, colors=40).save(folder / "palette.png")
    rgb.convert("P", palette=Image.Palette.ADAPTIVE, colors=4).save(folder / "palette-2bit.png", bits=2)
    alpha = Image.fromarray(np.dstack([pixels, pixels[..., 0]]))
    alpha.save(folder / "alpha.png")
    grey.convert("LA").save(folder / "grey-alpha.png")
    rgb.convert("1").save(folder / "one-bit.png")
    (folder / "interlaced.png").write_bytes(interlaced(pixels))
    wide = pixels.astype(">u2")
    (folder / "sixteen-bit.png").write_bytes(png(49, 37, 16, 2, b"".join(b"\0" + row.tobytes() for row in wide)))
    rgb.save(folder / "lossy.webp", quality=80)
    rgb.save(folder / "lossless.webp", lossless=True)
    alpha.save(folder / "alpha.webp", quality=80)
    other = Image.fromarray(pixels[::-1].copy())
    rgb.save(folder / "animated.webp", save_all=True, append_images=[other])
    rgb.save(folder / "animated.png", save_all=True, append_images=[other])
    for path in sorted(folder.glob("*.*")):
        if path.suffix == ".npy" or path.stem in ("cmyk", "sixteen-bit", "animated", "labels"):
            continue
        np.save(folder / f"{path.name}.npy", np.asarray(Image.open(path).convert("RGB")))
    for name in ("palette", "palette-2bit"):
        np.save(folder / f"{name}.labels.npy", np.asarray(Image.open(folder / f"{name}.png")))
    labels = np.asarray(grey).copy()
    labels[:3, :3] = [[0, 1, 2], [64, 128, 192], [253, 254, 255]]
    Image.fromarray(labels).save(folder / "labels.png")
    np.save(folder / "labels.labels.npy", labels)
    np.save(folder / "grey.labels.npy", np.asarray(grey))


def make_resampler() -> None:
    """Write `resampler/`: `source.npy` and one `WIDTHxHEIGHT.npy` per target size."""
    folder = HERE / "resampler"
    folder.mkdir(exist_ok=True)
    source = np.random.default_rng(3).random((15, 24)).astype(np.float32)
    source[4:9, 8:15] = 1  # an edge, so that the kernel overshoots
    np.save(folder / "source.npy", source)
    for width, height in [(48, 30), (61, 40), (7, 5), (24, 40), (9, 15), (50, 4), (24, 15), (1, 1)]:
        resized = Image.fromarray(source).resize((width, height), Image.Resampling.BICUBIC)
        np.save(folder / f"{width}x{height}.npy", np.asarray(resized))


if __name__ == "__main__":
    make_toy()
    make_mixed()
    make_kit()
    make_variants()
    make_pictures()
    make_resampler()
