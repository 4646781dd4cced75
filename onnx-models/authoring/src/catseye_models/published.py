"""Numbers of the published pipelines that networks, glue and importers share. Needs nothing but Python.

Source: Di Biase et al., CVPR 2021, and giandbt/synboost, commit eaa4d3a, unless said otherwise.
"""

from typing import Final

IMAGENET_MEAN: Final = (0.485, 0.456, 0.406)
"""Mean of R, G, B of values in 0 to 1. Source: pytorch/vision, torchvision/transforms (all released models)."""

IMAGENET_STD: Final = (0.229, 0.224, 0.225)
"""Deviation of R, G, B; source as above."""

LEVEL_WEIGHTS: Final = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)
"""Weight of each level in the perceptual difference, fine to coarse."""

GENERATOR_LABELS: Final = 35
"""Label ids that the synthesis knows, 0 to 34; its input has one channel each, and one more for edges."""

ENSEMBLE: Final = {"dissimilarity": 0.75, "entropy": 0.25, "perceptual": 0.0, "distance": 0.0}
"""Weight of each map in the anomaly score of SynBoost, the same for every data set (its grid search's result)."""
