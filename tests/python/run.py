# SPDX-License-Identifier: MIT
"""Builds the wheel around the library of this build, installs it where nothing else is, and runs the
package's tests there.

    run.py SOURCE_FOLDER LIBRARY WORK_FOLDER tests|types

tests: a clean environment without NumPy, then one that sees the system's NumPy and pytest.
types: mypy --strict of the package and of the examples.
"""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

NEEDED = {"build": "python3-build", "wheel": "python3-wheel", "setuptools": "python3-setuptools",
          "pip": "python3-pip", "venv": "python3-venv", "ensurepip": "python3-venv",
          "numpy": "python3-numpy", "pytest": "python3-pytest", "mypy": "mypy"}


def run(*command, **environment):
    """A step that must succeed, away from the sources and from what the caller's shell has set."""
    clean = {name: value for name, value in os.environ.items()
             if not name.startswith(("PYTHON", "FOCUS_SESSION"))}
    clean.update(environment, PYTHONDONTWRITEBYTECODE="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    done = subprocess.run(list(map(str, command)), check=False, env=clean)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}")


def wheel_of(root, library, folder):
    """Built from the sources as they are."""
    shutil.rmtree(folder, ignore_errors=True)
    run(sys.executable, "-B", root / "bindings/python/tools/build_wheel.py", library, folder / "dist")
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def install(wheel, environment, *options):
    """A new environment with the wheel in it, without a network. Returns its interpreter."""
    run(sys.executable, "-m", "venv", "--without-pip", *options, environment)
    python = environment / "bin" / "python"
    run(sys.executable, "-m", "pip", "--quiet", "--python", python, "install", "--no-index",
        "--no-deps", "--no-compile", wheel)
    return python


def main():
    root, library, folder, part = (pathlib.Path(one) for one in sys.argv[1:])
    missing = {package for module, package in NEEDED.items() if not has(module)}
    missing |= {tool for tool in ("patchelf", "strip") if shutil.which(tool) is None}
    if missing:
        print("skipped: needs", *sorted(missing))
        sys.exit(77)
    if part.name == "types":
        source = root / "bindings/python/src"
        run(sys.executable, "-m", "mypy", "--strict", "--python-version", "3.9", "--explicit-package-bases", "--cache-dir", folder,
            source / "focus_session", *(root / "examples/python").glob("*.py"), MYPYPATH=str(source))
        return
    wheel = wheel_of(root, library.resolve(), folder)
    tests = root / "bindings/python/tests"
    with concurrent.futures.ThreadPoolExecutor() as pool:
        alone = pool.submit(lambda: run(install(wheel, folder / "bare"), "-I", tests / "bare.py", folder / "bare"))
        python = install(wheel, folder / "seeing", "--system-site-packages")
        alone.result()
    run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=90",
        "--basetemp", folder / "temporary", tests)


def has(module):
    """Whether this interpreter has it."""
    import importlib.util

    return importlib.util.find_spec(module) is not None


if __name__ == "__main__":
    main()
