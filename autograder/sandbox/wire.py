"""Frames on a socket. To the worker: pickle. From the worker: JSON and raw array buffers, nothing else.

The asymmetry is the point: unpickling endangers only the reader, and the reader of pickles is the worker.
What the trusted side reads can only become None, bool, int, float, complex, str, bytes, containers of those, and arrays.
"""
import json
import math
import pickle
import re
import struct
import time

import cloudpickle
import numpy as np

MAX_TEXT, MAX_TOTAL, MAX_PARTS = 4 << 20, 16 << 20, 1 << 16  # a list of rows has a part for each
PLAIN = {type(None), bool, float, str}
KINDS = "biufcSU"  # dtypes that are nothing but bytes
MOST_KEYS = 1000  # of a dict or set whose keys are no texts


class ProtocolError(Exception):
    """The worker sent something that is not a well-formed frame."""


# -- frames: count, sizes, parts ------------------------------------------------------------------
def send(sock, parts, deadline=None):
    parts = [memoryview(p).cast("B") for p in parts]
    head = struct.pack(f"<I{len(parts)}Q", len(parts), *(p.nbytes for p in parts))
    for piece in (head + parts[0].tobytes(), *parts[1:]):
        _arm(sock, deadline)
        sock.sendall(piece)


def receive(sock, deadline=None, max_total=MAX_TOTAL, max_text=MAX_TEXT):
    """The parts of the next frame. Raises ProtocolError, EOFError (peer gone) or TimeoutError."""
    (count,) = struct.unpack("<I", _exactly(sock, 4, deadline))
    if not 1 <= count <= MAX_PARTS:
        raise ProtocolError("bad part count")
    sizes = struct.unpack(f"<{count}Q", _exactly(sock, 8 * count, deadline))
    if sum(sizes) > max_total or sizes[0] > max_text:  # before anything is allocated
        raise ProtocolError(f"a value of {sum(sizes):,} bytes is too large to send back")
    return [_exactly(sock, n, deadline) for n in sizes]


def _exactly(sock, n, deadline):
    data = bytearray(n)
    view = memoryview(data)
    while view:
        _arm(sock, deadline)
        got = sock.recv_into(view)
        if not got:
            raise EOFError
        view = view[got:]
    return data


def _arm(sock, deadline):
    """Every single read and write has the check's deadline, so that a slow drip ends too."""
    if deadline is not None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(left)


# -- to the worker --------------------------------------------------------------------------------
def dumps(obj):
    buffers = []
    body = cloudpickle.dumps(obj, 5, buffer_callback=buffers.append)
    return [body, *(b.raw() for b in buffers)]


def loads(parts):
    return pickle.loads(parts[0], buffers=parts[1:])


# -- from the worker ------------------------------------------------------------------------------
def encode(obj, handle=None):
    """Plain data as frame parts; `handle(o)` may name any other object by a number and its type's name."""
    buffers = []

    def array(a):
        if a.dtype.kind == "O":
            return {"objects": [list(a.shape), [walk(x) for x in a.ravel().tolist()]]}
        a = _plain(a)
        buffers.append(np.ascontiguousarray(a).reshape(-1).view(np.uint8) if a.size else b"")
        return {"array": [a.dtype.str, list(a.shape), len(buffers)]}

    def walk(o):
        t = type(o)
        if t in PLAIN:
            return o
        if t is list:
            return o if set(map(type, o)) <= PLAIN else [walk(x) for x in o]
        if isinstance(o, np.ndarray):
            return array(np.asarray(o))
        if isinstance(o, np.generic):
            return {"scalar": array(np.asarray(o))}
        for base in (float, str):  # a subclass that lies about itself collapses to its base
            if isinstance(o, base):
                return base.__new__(base, o)
        if isinstance(o, int):
            return int(o) if abs(o) < 2**63 else {"int": hex(o)}
        if isinstance(o, complex):
            return {"complex": [o.real, o.imag]}
        if isinstance(o, (bytes, bytearray)):
            return {"bytes": o.hex()}
        if isinstance(o, dict):
            return {"dict": [[walk(k), walk(v)] for k, v in o.items()]}
        for base in (list, tuple, set, frozenset):
            if isinstance(o, base):
                return {base.__name__: [walk(x) for x in o]}
        if handle:
            return {"handle": handle(o)}
        raise TypeError(f"an object of type {t.__name__}, which is not plain data (numbers, text, lists, arrays)")

    return [json.dumps(walk(obj), ensure_ascii=False, check_circular=False).encode("utf-8", "replace"), *buffers]


def _plain(a):
    """An array of nothing but bytes that mean the same on every machine."""
    if a.dtype.char in "gG":
        a = a.astype(complex if a.dtype.char == "G" else float)
    if a.dtype.kind not in KINDS or not a.dtype.isnative:
        raise TypeError(f"an array of dtype {a.dtype}, which is not plain numbers")
    return a


def decode(parts, handle=None):
    """Untrusted parts as plain data, or ProtocolError. Never runs code that the sender chose."""
    unread = dict(enumerate(parts))  # popped: a buffer counts once, so the output is no larger than the input

    def array(dtype, shape, i):
        if type(i) is not int or i < 1 or not {int} >= set(map(type, shape)):
            raise ValueError(shape)
        return _array(dtype, shape, np.frombuffer(unread.pop(i), np.uint8))

    make = {
        "array": lambda b: array(*b), "objects": lambda b: _objects(*b), "scalar": lambda b: b[()],
        "int": lambda b: int(b, 16), "complex": lambda b: complex(*b), "bytes": bytes.fromhex,
        "dict": lambda b: dict(zip(_keys([k for k, _ in b]), [v for _, v in b])), "list": list, "tuple": tuple,
        "set": lambda b: set(_keys(b)), "frozenset": lambda b: frozenset(_keys(b)),
    }
    if handle:
        make["handle"] = lambda b: handle(*b)

    def hook(d):
        ((tag, body),) = d.items()
        if type(body) is not {"int": str, "bytes": str, "scalar": np.ndarray}.get(tag, list):
            raise ValueError(tag)  # a list made of an array would be thirty times as large
        return make[tag](body)

    try:
        if re.search(rb"(?<!\\)(?:\\\\)*+\\u[dD][89a-fA-F]", parts[0]):
            raise ValueError("lone surrogate")  # breaks every text format that a report is written to
        return json.loads(parts[0].decode("utf-8"), object_hook=hook)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, MemoryError) as e:
        raise ProtocolError(f"malformed reply: {type(e).__name__}: {str(e)[:100]}") from None


def _array(dtype, shape, data):
    """The bytes as an array; refused are types that are more than bytes, and sizes that do not fit."""
    if not re.fullmatch(r"[<>|=]?(b1|[iu][1248]|f[248]|c(8|16)|[SU][1-9][0-9]{0,6})", dtype):
        raise ValueError(dtype)
    a = np.ndarray(shape, dtype, data)
    if a.nbytes != data.nbytes or not a.dtype.isnative:
        raise ValueError("array size")
    if not a.size and math.prod(n or 1 for n in shape) > 1 << 16:  # a million empty rows
        raise ValueError("array shape")
    if a.dtype.kind == "b":
        return (data != 0).reshape(shape)  # a stray 0x02 must not become a third truth value
    if a.dtype.kind == "U" and a.size and ((data.view("u4") > 0x10FFFF) | (data.view("u4") >> 11 == 0xD800 >> 11)).any():
        raise ValueError("not Unicode")
    return a


def _objects(shape, items):
    a = np.empty(len(items), object)
    for i, item in enumerate(items):
        a[i] = item
    return a.reshape(shape)


def _keys(found):
    if len(found) > MOST_KEYS and not all(isinstance(k, str) for k in found):
        raise ValueError("many keys")  # all but the hash of a text can be chosen to be alike, and each is compared with all before it
    return found
