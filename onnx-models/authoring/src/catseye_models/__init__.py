"""Authoring side of Catseye: networks and glue in, bundles of fused ONNX graphs out.

Nothing here runs in the service. The Java side reads the bundles that this package writes (`bundle.json`,
see `catseye_models.bundle`). `import catseye_models` needs neither torch nor onnxruntime.
"""

__version__ = "0.1.0"
