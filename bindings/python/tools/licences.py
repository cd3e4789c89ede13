# SPDX-License-Identifier: MIT
"""Says what the wheel carries of others, under which licence, and where its source is."""
import pathlib
import re
import shutil

from bundle import run

COMMON = pathlib.Path("/usr/share/common-licenses")
DOCS = pathlib.Path("/usr/share/doc")

HEAD = """\
Focus Session is under the MIT licence, see LICENSE. This folder also holds copies of libraries that it
uses, as Debian packages them, stripped of debugging symbols; their names, and where they look for one
another, were changed, and nothing else. Each may be replaced: put another build of it in its place,
under the same name (patchelf --set-soname). Each one's copyright and
licence are in licences/. Their source code: `apt-get source PACKAGE=VERSION` on Debian, or Debian's
archive of snapshots.

file, Debian source package and version, copyright and licence
"""


def package_of(path):
    """(binary package, source package, its version)."""
    for name in (path, pathlib.Path(re.sub(r"^/usr/lib/", "/lib/", str(path)))):
        try:
            package = run("dpkg-query", "-S", name).split(":")[0]
        except Exception:
            continue
        fields = run("dpkg-query", "-W", "-f", "${source:Package}\t${source:Version}\n", package)
        source, version = fields.splitlines()[0].split("\t")
        return package, source, version
    raise SystemExit(f"{path} is of no package: its licence is not known, so it can not be bundled")


def write_notice(folder, origins):
    """Adds NOTICE and licences/ to a bundle; `origins` is what bundle() has returned."""
    licences = folder / "licences"
    licences.mkdir()
    lines = []
    common = set()
    for name, path in sorted(origins.items()):
        package, source, version = package_of(path)
        target = licences / f"{source}.txt"
        shutil.copyfile((DOCS / package / "copyright").resolve(), target)
        text = target.read_text("utf-8", "replace")
        common.update(re.findall(r"/usr/share/common-licenses/([A-Za-z]+-?[\d.]*\d|[A-Za-z]+)", text))
        lines.append(f"{name}: {source} {version}, licences/{target.name}")
    for name in sorted(common):
        if (COMMON / name).exists():
            shutil.copyfile((COMMON / name).resolve(), licences / f"{name}.txt")
    (folder / "NOTICE").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
