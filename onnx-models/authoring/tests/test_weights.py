"""The weights of mixed maps: a file, its mistakes, and how they are told."""

import json
from pathlib import Path

import pytest

from catseye_models.compose import weights
from catseye_models.errors import UsageError


def read(folder: Path, content: object) -> dict[str, weights.Weights]:
    path = folder / "weights.json"
    path.write_text(json.dumps(content))
    return weights.read(path)


def test_file_stands_over_the_published_weights(tmp_path: Path) -> None:
    found = read(tmp_path, {"synboost-e2e": {"dissimilarity": 2, "entropy": "1/2"}})
    assert found["synboost-light"] == {"dissimilarity": 0.75, "entropy": 0.25, "perceptual": 0.0, "distance": 0.0}
    assert found["synboost-e2e"] == {"dissimilarity": 2.0, "entropy": 0.5, "perceptual": 0.0, "distance": 0.0}


def test_formula_shows_shares_and_leaves_out_zeros() -> None:
    assert weights.formula({"dissimilarity": 3.0, "entropy": 1.0, "distance": 0.0}) == (
        "0.75 dissimilarity + 0.25 entropy"
    )


def test_every_mistake_is_listed(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as failure:
        read(
            tmp_path, {"synboost-light": {"entropie": 1, "entropy": "much"}, "synboost-e2e": {"entropy": 0}, "msp": {}}
        )
    assert failure.value.problems == (
        "weights.json: msp: unknown key",
        "weights.json: synboost-light.entropie: unknown key, did you mean entropy?",
        "weights.json: synboost-light.entropy: 'much' is not a finite number",
        "weights.json: synboost-e2e: the weights add up to 0, which is not above 0",
    )
    with pytest.raises(UsageError, match=r"synboost-light: \[1, 2\] is not an object with one weight per map"):
        read(tmp_path, {"synboost-light": [1, 2]})
