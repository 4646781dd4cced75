"""The form of `bundle.json`, format 1: which keys, of which JSON type. Further keys are left alone, as in Java.

A key of the form that ends in `?` may be missing.
"""

from typing import Any

NUMBER = (int, float)

FILE: dict[str, Any] = {"file": str, "bytes": int, "sha256": str}

FORM: dict[str, Any] = {
    "format": int,
    "name": str,
    "version": str,
    "licence": str,
    "label_space": {"name": str, "classes": [str], "drivable": [str]},
    "graphs": [
        {
            **FILE,
            "opset": int,
            "precision": str,
            "input": {"name": str, "dtype": str, "layout": str, "order": str},
            "working_size": {"width": int, "height": int},
            "outputs": [
                {
                    "name": str,
                    "dtype": str,
                    "layout": str,
                    "plan": (str, type(None)),
                    "map": str,
                    "always": bool,
                    "size?": {"width": int, "height": int},
                },
            ],
        }
    ],
    "default_plan": str,
    "plans": [
        {
            "name": str,
            "graph": str,
            "output": str,
            "class_map": (str, type(None)),
            "score": str,
            "operating_points": [{"name": str, "threshold": NUMBER, "source": str}],
        }
    ],
    "modules": [{"name": str, **FILE}],
    "golden": {
        "frame": FILE,
        "expected": [{"output": str, **FILE, "max_difference": int, "share": NUMBER}],
    },
    "provenance": {"data": str, "recipe": str, "source": str, "measured": [object]},
}

STAGES: list[Any] = [
    {
        "name": str,
        **FILE,
        "inputs": [{"name": str, "dtype": str, "layout": str}],
        "outputs": [{"name": str, "dtype": str, "layout": str, "size": {"width": int, "height": int}}],
    }
]
"""Of the key `stages`, which only bundles with modules have."""


def mistakes(value: object, form: object, *, where: str = "") -> list[str]:
    """Return where `value` departs from `form`: a dict of keys, a list with the form of its items, or types."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            return [f"{where or 'whole file'}: expected an object, found {value!r}"]
        keys = {key.removesuffix("?"): inner for key, inner in form.items()}
        found = [f"{_join(where, key)}: missing" for key in keys if key in form and key not in value]
        return found + [
            problem
            for key, inner in keys.items()
            if key in value
            for problem in mistakes(value[key], inner, where=_join(where, key))
        ]
    if isinstance(form, list):
        if not isinstance(value, list):
            return [f"{where}: expected a list, found {value!r}"]
        return [
            problem
            for place, item in enumerate(value)
            for problem in mistakes(item, form[0], where=f"{where}[{place}]")
        ]
    types = form if isinstance(form, tuple) else (form,)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types and object not in types):
        names = " or ".join(one.__name__ for one in types)
        return [f"{where}: expected {names}, found {value!r}"]
    return []


def _join(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
