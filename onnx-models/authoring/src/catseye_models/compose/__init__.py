"""Joins a segmentation network and glue into one fused ONNX graph: frames in, anomaly maps out.

`pixels` brings frames to the network, `network` loads and cleans the network, `maps` turns logits into scores,
`plans` says which scores make which plan, `fuse` joins them, `stages` takes the graph apart again, `golden` proves the
result.
"""
