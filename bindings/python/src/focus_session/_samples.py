# SPDX-License-Identifier: MIT
"""Blocks of samples: NumPy arrays where NumPy is installed, else memoryviews of the same shape."""
import array
import ctypes
import sys
from typing import TYPE_CHECKING, Any, Tuple

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Samples = numpy.typing.NDArray[numpy.float32]
else:
    Samples = Any

FLOAT_BYTES = 4


def empty(*shape: int) -> Any:
    """Room for float32 of that shape."""
    try:
        import numpy
    except ImportError:
        count = 1
        for length in shape:
            count *= length
        if count == 0:  # a view can not be cast to a shape with a zero in it
            return memoryview(array.array("f", bytes(0)))
        return memoryview(bytearray(count * FLOAT_BYTES)).cast("f", list(shape))
    return numpy.empty(shape, dtype=numpy.float32)


def _shape(view: memoryview) -> Tuple[int, ...]:
    return view.shape or ()


def rows(block: Any, count: int, columns: int) -> Any:
    """The first `count` rows of a block, which it may hold in one dimension, as a view of it."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(block, numpy.ndarray):
        return block.reshape(-1, columns)[:count]
    view = memoryview(block).cast("B")[: count * columns * FLOAT_BYTES]
    if count == 0:  # a view can not be cast to a shape with a zero in it
        return view.cast("f")
    return view.cast("f", [count, columns])


def address(block: Any) -> Tuple[int, Any]:
    """Where a writable block of float32 begins, and what has to live while that is used."""
    whole = memoryview(block)
    if whole.nbytes == 0:
        return 0, whole
    room = ctypes.c_char.from_buffer(whole)  # of one byte: each length would be a type of its own
    return ctypes.addressof(room), room


def source(block: Any) -> int:
    """Where a block that `readable` gave begins; it may be one that can not be written to."""
    return int(block.buffer_info()[0] if isinstance(block, array.array) else block.ctypes.data)


def writable(out: Any, channels: int) -> int:
    """The frames that a caller's array has room for, after a look at whether it can be filled."""
    view = memoryview(out)
    if view.format not in ("f", "@f") or view.readonly or not view.c_contiguous:
        raise TypeError("out must be a writable, contiguous array of float32")
    if view.ndim == 1 and (channels == 1 or len(view) % channels == 0):
        return len(view) // channels
    shape = _shape(view)
    if len(shape) == 2 and shape[1] == channels:
        return shape[0]
    raise ValueError(f"out must have the shape (frames, {channels}), not {shape}")


def readable(samples: Any, channels: int = 0) -> Tuple[Any, int, int]:
    """Anything that holds samples as (float32 in one piece, frames, channels).

    The shapes: (n,), (n, 1), (n, 2), and planar (1, n) or (2, n), each a buffer or a sequence. With
    `channels` one dimension is interleaved, and (n, channels) is taken as well.
    """
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        return _with_numpy(numpy, samples, channels)
    return _without_numpy(samples, channels)


def planar(samples: Any) -> Tuple[Any, int]:
    """One piece of float32 a channel, and its frames, where samples are a planar NumPy array or a pair
    of buffers; else (None, 0)."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(samples, numpy.ndarray):
        if samples.ndim != 2 or samples.shape[0] not in (1, 2) or samples.shape[1] <= 2:
            return None, 0
    elif not isinstance(samples, tuple) or len(samples) != 2 or isinstance(samples[0], (int, float)):
        return None, 0
    channels = [readable(channel) for channel in samples]
    if any(count != 1 for _, _, count in channels) or len({frames for _, frames, _ in channels}) != 1:
        raise ValueError("the channels must be of one dimension and of one length")
    return [block for block, _, _ in channels], channels[0][1]


def _refuse(shape: Any) -> Exception:
    return ValueError(f"samples must have the shape (n,), (n, 1), (n, 2), (1, n) or (2, n), not {shape}")


def _refuse_kind(kind: str) -> Exception:
    return TypeError(f"samples must be floats within -1 to 1, not {kind}: divide them by their full scale")


def _with_numpy(numpy: Any, samples: Any, channels: int) -> Tuple[Any, int, int]:
    block = numpy.asarray(samples)
    if block.dtype.kind != "f" and block.size:
        raise _refuse_kind(str(block.dtype))
    if channels and block.ndim == 1:
        block = block.reshape(-1, channels)
    if block.ndim == 1:
        block = block[:, None]
    if block.ndim != 2:
        raise _refuse(block.shape)
    if block.shape[1] != channels:
        if block.shape[1] > 2 and block.shape[0] in (1, 2):
            block = block.T
        if block.shape[1] not in (1, 2):
            raise _refuse(block.shape)
    block = numpy.ascontiguousarray(block, dtype=numpy.float32)
    return block, block.shape[0], block.shape[1]


def _without_numpy(samples: Any, channels: int) -> Tuple[Any, int, int]:
    if isinstance(samples, (list, tuple)) and len(samples) and not isinstance(samples[0], (int, float)):
        return _from_rows([_flat(row)[0] for row in samples])
    flat, shape = _flat(samples)
    if len(shape) == 1:
        shape = (shape[0] // (channels or 1), channels or 1)
    if len(shape) != 2:
        raise _refuse(shape)
    if shape[1] != channels:
        if shape[1] > 2 and shape[0] in (1, 2):
            length = shape[1]
            return _from_rows([flat[at * length:(at + 1) * length] for at in range(shape[0])])
        if shape[1] not in (1, 2):
            raise _refuse(shape)
    return flat, shape[0], shape[1]


def _flat(samples: Any) -> "Tuple[array.array[float], Tuple[int, ...]]":
    """In one piece, and its shape."""
    if isinstance(samples, (list, tuple)):
        return array.array("f", samples), (len(samples),)
    view = memoryview(samples)
    kind = view.format.lstrip("<=@")
    if kind not in ("f", "d"):
        raise _refuse_kind(f"buffers of {view.format!r}")
    flat: "array.array[float]" = array.array(kind)
    flat.frombytes(view.tobytes())
    return (flat if kind == "f" else array.array("f", flat)), _shape(view)


def _from_rows(parts: "list[array.array[float]]") -> Tuple[Any, int, int]:
    """One array a channel, or one a frame, as interleaved."""
    if len(parts) > 2 or (len(parts) == 2 and len(parts[0]) <= 2):
        width = len(parts[0])
        if width not in (1, 2) or any(len(part) != width for part in parts):
            raise _refuse((len(parts), width))
        joined = array.array("f")
        for part in parts:
            joined.extend(part)
        return joined, len(parts), width
    length = len(parts[0])
    if any(len(part) != length for part in parts):
        raise ValueError("the channels must be of one length")
    interleaved = array.array("f", bytes(FLOAT_BYTES * length * len(parts)))
    for at, part in enumerate(parts):
        interleaved[at::len(parts)] = part
    return interleaved, length, len(parts)
