"""ONNX Runtime, opened the one way we open it: on the CPU, few threads, no telemetry, errors as ours."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from catseye_models.errors import AuthoringError, ModelError

THREADS = 2

Array = npt.NDArray[Any]


class Session:
    """A graph ready to run on the CPU; not shared between threads."""

    def __init__(self, model: bytes, *, name: str, threads: int = THREADS) -> None:
        """Load `model` for that many threads; raise `ModelError` with `name` in front when the runtime refuses it."""
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        try:
            import onnxruntime
        except ImportError:
            raise AuthoringError("onnxruntime is not installed: pip install 'catseye-models[dev]'") from None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as mistake:  # onnxruntime's exceptions share no base class
            raise ModelError(f"{name}: ONNX Runtime cannot load it: {_one_line(mistake)}") from None
        self._run_options = onnxruntime.RunOptions()
        self._run_options.log_severity_level = 4  # a failing node raises; it need not write to stderr as well
        self.name = name
        self.inputs = [value.name for value in self._session.get_inputs()]
        self.outputs = [value.name for value in self._session.get_outputs()]

    def run(self, **inputs: Array) -> dict[str, Array]:
        """Return every output by name; raise `ModelError` when a node fails."""
        try:
            values = self._session.run(self.outputs, inputs, self._run_options)
        except Exception as mistake:
            shapes = ", ".join(f"{name} {list(value.shape)} {value.dtype}" for name, value in inputs.items())
            raise ModelError(f"{self.name}: fails on {shapes}: {_one_line(mistake)}") from None
        return dict(zip(self.outputs, (np.asarray(value) for value in values), strict=True))


def chain(sessions: Iterable[Session], tensors: Mapping[str, Array]) -> dict[str, Array]:
    """Run sessions one after another, each fed by name with what is there; return all that is there in the end."""
    there = dict(tensors)
    for session in sessions:
        there |= session.run(**{name: there[name] for name in session.inputs})
    return there


def _one_line(mistake: Exception) -> str:
    return " ".join(str(mistake).split())
