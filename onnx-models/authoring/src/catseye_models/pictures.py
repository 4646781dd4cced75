"""Pictures in and out of bytes."""

import io
import warnings

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from catseye_models.errors import ModelError

Picture = npt.NDArray[np.uint8]


def decode(data: bytes, *, name: str, mode: str) -> Picture:
    """Return the picture in `data`; raise `ModelError` with `name` in front when it cannot be decoded whole.

    Args:
        data: bytes of a PNG, JPEG or whatever Pillow knows.
        name: of the file, for the message.
        mode: `RGB` for uint8 [h, w, 3], `L` for uint8 [h, w].
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                return np.asarray(picture.convert(mode))
    except UnidentifiedImageError:
        raise ModelError(f"{name}: not a picture that can be read ({len(data)} bytes)") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as damage:
        raise ModelError(f"{name}: not a picture that can be read: {damage}") from None


def png(plane: Picture) -> bytes:
    """Return a PNG of uint8 [h, w] (grey) or [h, w, 3] (RGB); the same bytes for the same pixels."""
    stream = io.BytesIO()
    Image.fromarray(plane).save(stream, format="PNG", compress_level=9)
    return stream.getvalue()
