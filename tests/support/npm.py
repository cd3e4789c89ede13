# SPDX-License-Identifier: MIT
"""Packages that npm brings for a test, kept in the build folder."""
import json
import shutil
import subprocess

TIMEOUT = 150  # seconds, of a download


def installed(folder, packages):
    """The folder `node_modules` with these packages (name: version); None where they can not be had."""
    root = folder / "npm"
    if _has(root, packages):
        return root / "node_modules"
    if not shutil.which("npm"):
        return None
    root.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", root, "--no-save", "--ignore-scripts", "--no-audit",
               "--no-fund", "--silent", *(f"{name}@{version}" for name, version in packages.items())]
    try:
        subprocess.run(command, check=True, timeout=TIMEOUT, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        return None
    return root / "node_modules" if _has(root, packages) else None


def _has(root, packages):
    for name, version in packages.items():
        about = root / "node_modules" / name / "package.json"
        if not about.is_file() or json.loads(about.read_text(encoding="utf-8"))["version"] != version:
            return False
    return True
