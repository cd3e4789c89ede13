# SPDX-License-Identifier: MIT
"""Says what the wheel carries of others, under which licence, and where its source is."""
import pathlib
import re
import shutil
import subprocess

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


def packages_of(paths):
    """{path: (binary package, source package, its version)}. dpkg reads all of its lists each time it
    is asked, so it is asked once for all."""
    asked = {}
    for path in map(str, paths):
        asked.update({path: path, re.sub(r"^/usr/lib/", "/lib/", path): path})
    # It fails where one of the names is unknown, and tells of the others all the same.
    found = subprocess.run(["dpkg-query", "-S", *asked], check=False, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    packages = {}
    for line in found.splitlines():
        package, _, name = line.partition(": ")
        if name in asked:
            packages[asked[name]] = package.split(",")[0].split(":")[0]
    for path in map(str, paths):
        if path not in packages:
            raise SystemExit(f"{path} is of no package: its licence is not known, so it can not be bundled")
    fields = "${binary:Package}\t${source:Package}\t${source:Version}\n"
    sources = {}
    for line in run("dpkg-query", "-W", "-f", fields, *sorted(set(packages.values()))).splitlines():
        package, source, version = line.split("\t")
        sources.setdefault(package.split(":")[0], (source, version))
    return {path: (packages[str(path)], *sources[packages[str(path)]]) for path in paths}


def write_notice(folder, origins):
    """Adds NOTICE and licences/ to a bundle; `origins` is what bundle() has returned."""
    licences = folder / "licences"
    licences.mkdir()
    lines = []
    common = set()
    packages = packages_of(origins.values())
    for name, path in sorted(origins.items()):
        package, source, version = packages[path]
        target = licences / f"{source}.txt"
        shutil.copyfile((DOCS / package / "copyright").resolve(), target)
        text = target.read_text("utf-8", "replace")
        common.update(re.findall(r"/usr/share/common-licenses/([A-Za-z]+-?[\d.]*\d|[A-Za-z]+)", text))
        lines.append(f"{name}: {source} {version}, licences/{target.name}")
    for name in sorted(common):
        if (COMMON / name).exists():
            shutil.copyfile((COMMON / name).resolve(), licences / f"{name}.txt")
    (folder / "NOTICE").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
