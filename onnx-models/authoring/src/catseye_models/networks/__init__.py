"""The published networks of the Light pipeline in PyTorch, written from published facts.

| Module | Network |
|---|---|
| `icnet` | segmentation: picture to logits of 19 classes |
| `spade` | synthesis: label ids to picture |
| `perceptual` | VGG19 slices: how far two pictures differ, level by level |
| `dissimilarity` | frame, synthesis, semantics and uncertainty to anomaly logits; with and without prior |

Every `state_dict` has the entry names of the released files, so that `load_state_dict(..., strict=True)` accepts
them. A `width` scales every inner channel count; 1.0 is the published size. Everything here needs the `train` extra.
"""
