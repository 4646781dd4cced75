"""Judges bundles on real frames, which belong to others: `frames` finds them, `evaluate` scores, `log` keeps count."""
