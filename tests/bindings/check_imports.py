#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No module of a Python package imports itself by way of others. An import inside a function, and one for
type checkers alone, counts as any other.

    check_imports.py PACKAGE...
    check_imports.py --self-test
"""
import ast
import pathlib
import sys
import tempfile


def imported(package, text):
    """The modules of the package that a module of it imports."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            begin = [] if node.level == 1 else [package] if node.level == 0 else None
            parts = (node.module or "").split(".") if node.module else []
            if begin is None or parts[:len(begin)] != begin:
                continue
            parts = parts[len(begin):]
            found |= {parts[0]} if parts else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found |= {name[1] for name in names if name[0] == package and len(name) > 1}
    return found


def circle(graph):
    """The modules of a circle, the first of which comes again at the end, or None."""
    free = set()

    def follow(module, path):
        if module in path:
            return path[path.index(module):] + [module]
        if module in free:
            return None
        for other in sorted(graph.get(module, ())):
            if found := follow(other, [*path, module]):
                return found
        free.add(module)
        return None

    return next((found for module in sorted(graph) if (found := follow(module, []))), None)


def circle_of(folder):
    return circle({path.stem: imported(folder.name, path.read_text("utf-8"))
                   for path in folder.glob("*.py")})


def self_test():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name, "house")
        folder.mkdir()
        (folder / "attic.py").write_text("from .stairs import up\n")
        (folder / "stairs.py").write_text("from . import cellar\nimport os\n")
        (folder / "cellar.py").write_text("import attic\n")  # another module of that name
        assert circle_of(folder) is None
        for way in ("def way():\n    from .attic import roof\n", "import house.attic\n",
                    "from house import attic\n", "from house.attic import roof\n",
                    "if TYPE_CHECKING:\n    from .attic import Roof\n"):
            (folder / "cellar.py").write_text(way)
            assert circle_of(folder) == ["attic", "stairs", "cellar", "attic"], way


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    folders = [pathlib.Path(path) for path in sys.argv[1:]]
    if not folders or not all(any(folder.glob("*.py")) for folder in folders):
        sys.exit(__doc__)
    found = {folder.name: circle_of(folder) for folder in folders}
    sys.exit("\n".join(f"{name}: {' -> '.join(modules)}" for name, modules in found.items() if modules) or 0)


if __name__ == "__main__":
    main()
