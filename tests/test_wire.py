"""Frames: every plain value arrives as it was sent, and whatever else arrives is refused or plain."""
import json
import random
import socket
import struct
import threading
import time

import numpy as np
import pytest

from autograder.sandbox import wire

VALUES = [
    None, True, False, 0, -1, 2**62, 2**63, -(10**30), 1.5, -0.0, 5e-324, float("inf"), 1 + 2j, complex(0, -0.0), "", "text", "é ∑ \U0001f600", "\x00\x1b\\u0041\\", b"", b"\xff\x00",
    [], [1, "a", None], [[1.0], [2]], (), (1, (2.0, [3])), {}, {"a": 1, 2: (3,), (4, 5): None, None: 0.5}, set(), {1, 2.5, "x"}, frozenset({(1, 2)}),
    *(np.array(v, d) for d in "? b B h H i I l L q Q e f d F D".split() for v in (1, [0, 1, 1], [[1, 0]], [])),
    np.float64(2.5), np.float32(0.1), np.int8(-3), np.uint64(2**64 - 1), np.bool_(True), np.complex64(1j), np.str_("word"), np.bytes_(b"raw"),
    np.array(["a", "bcd", ""]), np.array([b"a", b"bcd"]), np.zeros((0, 3)), np.zeros((2, 0), "f4"), np.zeros((1,) * 20),
    np.array([1, "a", None, 2.5], object), np.array([[1], [2, 3]], object), [np.arange(3), {"w": np.ones((2, 2))}],
]


def crossed(value):
    """The value as it arrives through a socket."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender = threading.Thread(target=wire.send, args=(theirs, wire.encode(value)))
        sender.start()
        received = wire.decode(wire.receive(ours, time.monotonic() + 10))
        sender.join()
    return received


def alike(a, b):
    """Equal in type, dtype, shape and every bit."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        same = a.dtype == b.dtype and a.shape == b.shape
        return same and (all(map(alike, a.ravel().tolist(), b.ravel().tolist())) if a.dtype == object else a.tobytes() == b.tobytes())
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict):
        return all(map(alike, a.items(), b.items())) and len(a) == len(b)
    return repr(a) == repr(b) if isinstance(a, (float, complex)) else a == b


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_round_trip(value):
    assert alike(crossed(value), value)


class Liar(float):
    __eq__ = __le__ = __ge__ = lambda *_: True
    __hash__ = float.__hash__


@pytest.mark.parametrize("value, plain", [
    (Liar(3), 3.0), (type("S", (str,), {})("x"), "x"), (type("I", (int,), {})(7), 7), (type("L", (list,), {})([1]), [1]), (type("D", (dict,), {})(a=1), {"a": 1}),
    (np.ma.masked_array([1.0, 2.0], [True, False]), np.array([1.0, 2.0])), (np.ones(2).view(type("A", (np.ndarray,), {})), np.ones(2)), (np.arange(6)[::-2], np.array([5, 3, 1])),
    (np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.arange(6.0).reshape(2, 3)), (bytearray(b"x"), b"x"), (np.longdouble(1.5), np.float64(1.5)),
], ids=lambda v: type(v).__name__)
def test_subclasses_arrive_as_their_base(value, plain):
    assert alike(crossed(value), plain)


@pytest.mark.parametrize("value", [object(), len, type, lambda: 0, iter([]), np.array([1], "M8[s]"), np.zeros(1, "f8,i4"), np.zeros(1, ">f8"), range(3)],
                         ids=lambda v: type(v).__name__)
def test_what_is_not_plain_is_not_sent(value):
    with pytest.raises(TypeError, match="not plain"):
        wire.encode([value])


PLAIN = {type(None), bool, int, float, complex, str, bytes, list, tuple, set, frozenset, dict}


def is_plain(x, depth=0):
    if isinstance(x, (np.ndarray, np.generic)):
        assert type(x) is np.ndarray or type(x).__module__ == "numpy"
        return x.dtype.kind in wire.KINDS or x.dtype.kind == "O" and type(x) is np.ndarray and all(map(is_plain, x.ravel().tolist()))
    return type(x) in PLAIN and (not isinstance(x, (list, tuple, set, frozenset)) or all(map(is_plain, x))) and \
        (not isinstance(x, dict) or all(map(is_plain, [*x, *x.values()])))


def seeds():
    """Frames to mutate: of plain values, and of the tags themselves in odd places."""
    for value in VALUES:
        yield wire.encode(["ok", value, {"changed": [0]}])
    array = {"array": ["<f8", [2], 1]}
    for odd in ({"list": array}, {"dict": array}, {"objects": [[2], array]}, {"scalar": array}, {"int": "0x1f"}, {"complex": ["1+2j"]}, {"bytes": "00ff"},
                {"objects": [[2, 1], [1, {"tuple": [array]}]]}, {"set": [{"tuple": [1]}, {"frozenset": [2]}]}, {"handle": [1, "x"]}, {"array": ["<U2", [2], 1]}):
        yield [json.dumps(["ok", odd, {}]).encode(), bytes(range(16))]


WORDS = [b"array", b"objects", b"scalar", b"int", b"dict", b"set", b"tuple", b"list", b"bytes", b"complex", b"<f8", b"|O", b"|V8", b"<M8[s]", b"|b1", b"<U1", b"f16", b">i4",
         b"\\ud800", b"NaN", b"1e999", b"-1", b"9" * 30, b"[", b"]", b"{", b"}", b'"', b":", b",", b"null", b"true", b"[[]]", b"{}", b"\xff", b"\x00"]


def mutated(parts, random):
    """A frame with a few bytes or words changed, and sometimes a buffer that is longer, shorter, gone or there twice."""
    text, *buffers = map(bytes, parts)
    for _ in range(random.randint(1, 4)):
        at, end = random.randint(0, len(text)), random.choice([0, 0, 1, 4])
        text = text[:at] + random.choice([random.choice(WORDS), random.randbytes(1), b""]) + text[at + end:]
    if buffers and random.random() < 0.5:
        i = random.randrange(len(buffers))
        buffers[i:i + 1] = random.choice([[], [buffers[i]] * 2, [buffers[i][:-1]], [buffers[i] + b"\xff"], [random.randbytes(len(buffers[i]))]])
    return [bytearray(text), *map(bytearray, buffers)]


@pytest.mark.parametrize("seed", range(4))
def test_mutated_frames_are_refused_or_plain(seed):
    """40,000 of them; any exception but ProtocolError would be a way to disturb the grader."""
    dice, frames, accepted = random.Random(seed), list(seeds()), 0
    for _ in range(10_000):
        frame = mutated(dice.choice(frames), dice)
        try:
            value = wire.decode(frame)
        except wire.ProtocolError:
            continue
        accepted += 1
        assert is_plain(value), frame
        repr(value), json.dumps(repr(value).encode("utf-8", "strict").decode())
    assert 500 < accepted < 9500  # both ways are taken


@pytest.mark.parametrize("seed", range(4))
def test_mutated_heads(seed):
    """Counts and sizes at random: an error at once, and nothing is allocated beforehand."""
    dice, refused = random.Random(seed), 0
    for _ in range(1000):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            head = bytearray(struct.pack("<IQQ", 2, 4, 3) + b"[1] " + b"abc")
            for _ in range(dice.randint(0, 3)):
                head[dice.randrange(20)] = dice.choice([0, 1, 2, 3, 5, 255, dice.randrange(256)])
            theirs.sendall(head)
            theirs.close()
            try:
                wire.receive(ours, time.monotonic() + 5)
            except (wire.ProtocolError, EOFError):
                refused += 1
    assert refused > 300


@pytest.mark.parametrize("text, buffers", [
    (b'{"list": {"array": ["|u1", [4], 1]}}', [b"abcd"]), (b'{"array": ["<f8", [1073741824, 0], 1]}', [b""]), (b'[{"array": ["|u1", [4], 1]}, {"array": ["|u1", [4], 1]}]', [b"abcd"]),
    (b'{"array": ["<U1", [1], 1]}', [b"\x00\xd8\x00\x00"]), (b'{"array": ["<f16", [1], 1]}', [bytes(16)]), (b'"\\ud800"', []), (b'{"set": [%s]}' % b", ".join(b"%d" % k for k in range(wire.MOST_KEYS + 1)), []),
    (b'{"array": ["<f8", [true], 1]}', [bytes(8)]), (b'{"array": ["<f8", "1", 1]}', [bytes(8)]), (b'{"array": ["<f8", [1], true]}', [bytes(8)]), (b'{"a": 1, "b": 2}', []), (b'{}', []),
    (b'{"handle": [1, "x"]}', []),
])
def test_known_tricks_are_refused(text, buffers):
    with pytest.raises(wire.ProtocolError):
        wire.decode([bytearray(text), *map(bytearray, buffers)])


def test_a_third_truth_value_becomes_true():
    value = wire.decode([bytearray(b'{"array": ["|b1", [3], 1]}'), bytearray(b"\x00\x01\x02")])
    assert value.tolist() == [False, True, True] and value.view("u1").tolist() == [0, 1, 1]


def test_a_slow_sender_is_cut_off():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(struct.pack("<IQ", 1, 100))
        sender = threading.Thread(target=lambda: [(time.sleep(0.01), theirs.sendall(b"x")) for _ in range(100)])
        sender.start()
        with pytest.raises(TimeoutError):  # each byte comes in time, and all of them would
            wire.receive(ours, time.monotonic() + 0.1)
        sender.join()
