# SPDX-License-Identifier: MIT
"""Whether a data folder is whole, and its repair."""
import ctypes
from typing import Any, Callable, List

from . import _abi
from ._handle import Handle
from ._interrupt import interruptible
from ._library import lib
from ._read import read
from ._struct import path_bytes
from .files import PathLike
from .values import StoreFinding, StoreInfo


class StoreReport:
    """What was found in a data folder, and what was done about it. True when no problem is left.

    Attributes:
        info: the folder as a whole.
        findings: what is wrong, each with what was done.
    """

    def __init__(self, info: StoreInfo, findings: List[StoreFinding]) -> None:
        self.info = info
        self.findings = findings

    @property
    def problems(self) -> List[StoreFinding]:
        """What is wrong still."""
        return [finding for finding in self.findings if finding.problem and not finding.repaired]

    def __bool__(self) -> bool:
        return not self.problems

    def __str__(self) -> str:
        return "\n".join(f"{finding.path}: {finding.message}" for finding in self.findings)

    def __repr__(self) -> str:
        return f"<StoreReport: {len(self.findings)} findings, {len(self.problems)} problems>"


class _ReportHandle(Handle):
    _noun = "report"
    _destroy = "focus_store_report_destroy"


def check_store(data_folder: PathLike, *, quick: bool = False) -> StoreReport:
    """Compares the catalogue of a data folder with its files, and reads all audio. Changes nothing. No
    service may have the folder open.

    Args:
        quick: the audio is not read, only its sizes are compared.

    Raises:
        FileMissingError: there is no such folder.
        InvalidArgumentError: it holds no store.
        StorageError: a service has it open.
    """
    return _report(lib.focus_store_check, data_folder, quick)


def repair_store(data_folder: PathLike, *, quick: bool = False) -> StoreReport:
    """The same, and puts in order what it can; see focus_store_repair in the header. No audio is
    deleted: what belongs to nothing is moved to `StoreInfo.backup_folder`."""
    return _report(lib.focus_store_repair, data_folder, quick)


def _report(look: Callable[..., int], data_folder: PathLike, quick: bool) -> StoreReport:
    folder = path_bytes("data_folder", data_folder)
    options = _abi.focus_store_options(quick=bool(quick))
    return interruptible(lambda: _made(look, folder, options))


def _made(look: Callable[..., int], folder: bytes, options: Any) -> StoreReport:
    pointer = ctypes.c_void_p()
    look(folder, ctypes.byref(options), ctypes.byref(pointer))
    with _ReportHandle(pointer.value) as handle, handle._use as report:
        whole = _abi.focus_store_info()
        lib.focus_store_report_get_info(report, ctypes.byref(whole))
        findings = []
        for index in range(whole.finding_count):
            struct = _abi.focus_store_finding()
            lib.focus_store_report_get_finding(report, index, ctypes.byref(struct))
            findings.append(read(StoreFinding, struct))
        return StoreReport(read(StoreInfo, whole), findings)
