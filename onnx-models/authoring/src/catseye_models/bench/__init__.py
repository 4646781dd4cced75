"""Times the Light pipeline in four forms of the same networks, interleaved in one process.

`glue` is the pipeline between the networks in NumPy and Pillow, `modules` and `eager` put networks into it (ONNX files,
torch), `graphs` are the composed forms (fused, stages), `timing` runs them in turn, `report` says what came out.
"""
