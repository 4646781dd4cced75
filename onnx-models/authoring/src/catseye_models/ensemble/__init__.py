"""Weights of the maps that an ensemble mixes, chosen on validation drives.

`pixels` keeps what the maps say of pixels, `grid` tries every mix of a grid, `learned` learns one, `choice` does all.
Nothing here needs torch.
"""
