"""Which pixels of a drawn frame are anomalies, and which are not, by region."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from catseye_models.scenes.drive import DrawnFrame
from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.picture import RIM

REGIONS: Final = {
    "road": "ground-truth road and obstacles",
    "all": "all pixels but those that mix obstacle and background",
}


def truth_of(frame: DrawnFrame) -> tuple[NDArray[np.bool_], dict[str, NDArray[np.bool_]]]:
    """Return the anomalous pixels (H, W), and the normal ones by region."""
    anomalous = (frame.obstacles > 0) & (frame.obstacles != RIM)
    elsewhere = frame.obstacles == 0
    return anomalous, {"road": elsewhere & (frame.train_ids == TrainId.ROAD), "all": elsewhere}
