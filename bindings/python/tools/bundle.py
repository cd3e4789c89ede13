# SPDX-License-Identifier: MIT
"""Puts a shared library and all it needs into one folder, from which it can be loaded anywhere.

What every Linux has is left to the system: the C library, and the runtime of GCC, of which a process
can have but one. Everything else is copied next to the library, under a name with its digest, so that
it can not be taken for another copy that the process has loaded, and is found by $ORIGIN.
"""
import hashlib
import pathlib
import re
import shutil
import subprocess

OF_THE_SYSTEM = re.compile(
    r"^(ld-linux.*|linux-vdso|libc|libm|libdl|librt|libpthread|libgcc_s|libstdc\+\+)\.so")


def run(*command):
    """What a command prints."""
    return subprocess.run(list(map(str, command)), check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def needed_by(library):
    """The names of the libraries that it names itself."""
    return run("patchelf", "--print-needed", library).split()


def dependencies_of(library):
    """All that it is loaded with, but for the system's: {name: path}."""
    found = {}
    for name, path in re.findall(r"^\s*(\S+) => (\S+|not found)", run("ldd", library), re.MULTILINE):
        if OF_THE_SYSTEM.match(name):
            continue
        if not path.startswith("/"):
            raise SystemExit(f"{library} needs {name}, which is not installed")
        found[name] = pathlib.Path(path).resolve()
    return found


def own_name(name, path):
    """libsndfile.so.1 becomes libsndfile-1a2b3c4d.so.1."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    stem, ending = name.split(".so", 1)
    return f"{stem}-{digest}.so{ending}"


def copy_stripped(source, target):
    """A copy without symbols for debuggers."""
    shutil.copyfile(source, target)
    target.chmod(0o755)
    run("strip", "--strip-unneeded", target)


def bundle(library, folder):
    """Fills `folder`, which must not exist. Returns {bundled name: path that it came from}."""
    folder.mkdir(parents=True)
    library = library.resolve()
    dependencies = dependencies_of(library)
    names = {name: own_name(name, path) for name, path in dependencies.items()}
    main = folder / "libfocus_session.so"
    copy_stripped(library, main)
    for name, path in dependencies.items():
        copy_stripped(path, folder / names[name])
        run("patchelf", "--set-soname", names[name], folder / names[name])
    for copy in [main, *(folder / name for name in names.values())]:
        for name in needed_by(copy):
            if name in names:
                run("patchelf", "--replace-needed", name, names[name], copy)
        run("patchelf", "--set-rpath", "$ORIGIN", copy)
    return {names[name]: path for name, path in dependencies.items()}
