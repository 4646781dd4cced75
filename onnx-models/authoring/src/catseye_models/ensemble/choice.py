"""Chooses the weights of the plans that mix maps, on validation drives."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catseye_models.compose.weights import PUBLISHED, Weights, formula
from catseye_models.ensemble import grid, learned
from catseye_models.ensemble.grid import Mix
from catseye_models.ensemble.pixels import Pixels, pixels_of
from catseye_models.measuring import data_of, frames_of
from catseye_models.scenes.series import Series
from catseye_models.scenes.truth import REGIONS
from catseye_models.scores import Figures


@dataclass(frozen=True)
class Chosen:
    """What was found on validation drives.

    Attributes:
        grid: weights of the lowest FPR95 on the road, as published; for `synboost-light`.
        grid_by_ap: those of the best average precision on the road, reported beside.
        learned: those that were learned; for `synboost-e2e`.
        rows: Table 6: each of them and the published weights, on each region.
    """

    grid: Weights
    grid_by_ap: Weights
    learned: Weights
    rows: tuple[Figures, ...]

    @property
    def weights(self) -> Mapping[str, Weights]:
        """By plan, for `compose`."""
        return {"synboost-light": self.grid, "synboost-e2e": self.learned}

    def write(self, path: Path) -> None:
        """Write the file that `compose --weights` reads."""
        path.write_text(json.dumps(self.weights, indent=2) + "\n", encoding="utf-8")


def choose_weights(graph: bytes, series: Series) -> Chosen:
    """Return the weights for a graph with a plan that mixes maps; the weights in the graph play no part."""
    return choose(pixels_of(graph, frames_of(series)), data=data_of(series))


def choose(pixels: Pixels, *, data: str) -> Chosen:
    """Return the weights that pixels of validation drives ask for; ``data`` tells what these are."""
    tried = grid.search(pixels)
    published = grid.judge(PUBLISHED["synboost-light"], pixels)
    lowest_fpr95, best_ap = grid.lowest_fpr95(tried), grid.best_ap(tried)
    end_to_end = grid.judge(learned.learn(pixels), pixels)
    mixes = {
        "published": published,
        "grid search, lowest FPR95 on the road": lowest_fpr95,
        "grid search, best AP on the road": best_ap,
        "learned": end_to_end,
    }
    return Chosen(
        grid=lowest_fpr95.weights,
        grid_by_ap=best_ap.weights,
        learned=end_to_end.weights,
        rows=tuple(_rows(mixes, pixels, data=data)),
    )


def _rows(mixes: Mapping[str, Mix], pixels: Pixels, *, data: str) -> Iterable[Figures]:
    for region, words in REGIONS.items():
        for chosen, mix in mixes.items():
            yield {
                "data": f"{data}, 1 of {pixels.share} pixels without obstacle",
                "region": words,
                "ensemble": chosen,
                "weights": formula(mix.weights),
                **mix.quality[region].figures(),
                **({"cross_entropy": round(learned.cross_entropy(pixels, mix.weights), 5)} if region == "road" else {}),
            }
