"""Frames that no honest worker sends. The trusted side believes none of them, and outlives all."""
import json
import os
import struct
import time

from autograder.sandbox import wire


def _answer(raw):
    """From now on, every answer is these bytes."""
    wire.send = lambda sock, parts, deadline=None: sock.sendall(raw)


def _frame(text, *buffers):
    parts = [text if isinstance(text, bytes) else json.dumps(text).encode(), *buffers]
    return struct.pack(f"<I{len(parts)}Q", len(parts), *map(len, parts)) + b"".join(parts)


def _value(value, *buffers):
    """An answer that returns `value`, given in the language of the wire."""
    _answer(_frame(["ok", value, {}], *buffers))


def mse_loss__four_billion_parts(y_true, y_pred):
    _answer(b"\xff" * 4)


def mse_loss__no_parts(y_true, y_pred):
    _answer(struct.pack("<I", 0))


def mse_loss__part_of_an_exabyte(y_true, y_pred):
    _answer(struct.pack("<IQ", 1, 1 << 60))


def mse_loss__sizes_that_overflow(y_true, y_pred):
    """They add up to a small number in 64 bits."""
    _answer(struct.pack("<IQQ", 2, 20, (1 << 64) - 10))


def mse_loss__promises_more_than_it_sends(y_true, y_pred):
    """The rest never comes."""
    _answer(struct.pack("<IQ", 1, 1000) + b"x")


def mse_loss__slow_drip(y_true, y_pred):
    """Each byte comes in time, the answer never does."""
    def drip(sock, parts, deadline=None):
        for byte in _frame(b" " * 10**6):
            sock.sendall(bytes([byte]))
            time.sleep(0.01)
    wire.send = drip


def mse_loss__half_a_frame(y_true, y_pred):
    """Then hangs up."""
    wire.send = lambda sock, *_: (sock.sendall(struct.pack("<IQ", 1, 1000) + b"x"), os._exit(0))


def mse_loss__not_json(y_true, y_pred):
    _answer(_frame(b'["ok", 3.0, {'))


def mse_loss__not_utf8(y_true, y_pred):
    _answer(_frame(b'["ok", "\xff\xfe", {}]'))


def mse_loss__a_pickle(y_true, y_pred):
    """Nobody loads it."""
    _answer(_frame(b"cos\n_exit\n(I0\ntR."))


def mse_loss__half_a_character(y_true, y_pred):
    """A lone surrogate breaks every text format that a report is written to."""
    _answer(_frame(b'["error", {"type": "\\ud800", "bases": ["Exception"], "message": "\\udfff", "frames": []}, {}]'))


def mse_loss__half_a_character_in_an_array(y_true, y_pred):
    """The same as raw bytes."""
    _value({"array": ["<U1", [1], 1]}, struct.pack("<I", 0xD800))


def mse_loss__characters_beyond_unicode(y_true, y_pred):
    _value({"scalar": {"array": ["<U1", [], 1]}}, b"\xff" * 4)


def mse_loss__backslashes(y_true, y_pred):
    """Four megabytes of them, for a slow regular expression."""
    _answer(_frame(b'["ok", "' + b"\\" * (4 << 20) + b'", {}]'))


def mse_loss__nested_brackets(y_true, y_pred):
    _answer(_frame(b"[" * 1_000_000 + b"]" * 1_000_000))


def mse_loss__nested_tags(y_true, y_pred):
    _answer(_frame(b'{"list":[' * 100_000 + b"]}" * 100_000))


def mse_loss__huge_integer(y_true, y_pred):
    """Sixteen million bits."""
    _value({"int": "0x" + "f" * (4 << 20 - 1 - 1)})


def mse_loss__huge_decimal(y_true, y_pred):
    _answer(_frame(b'["ok", ' + b"9" * 10**6 + b", {}]"))


def mse_loss__objects(y_true, y_pred):
    """Pointers instead of numbers: the reader would follow them."""
    _value({"array": ["|O", [1], 1]}, bytes(8))


def mse_loss__records(y_true, y_pred):
    _value({"array": ["|V8", [1], 1]}, bytes(8))


def mse_loss__dtype_with_a_program(y_true, y_pred):
    _value({"array": ["f8,O", [1], 1]}, bytes(16))


def mse_loss__wrong_byte_order(y_true, y_pred):
    _value({"array": [">f8", [1], 1]}, bytes(8))


def mse_loss__third_truth_value(y_true, y_pred):
    _value({"scalar": {"array": ["|b1", [], 1]}}, b"\x02")


def mse_loss__shape_larger_than_the_data(y_true, y_pred):
    """Reading it would read the grader's memory."""
    _value({"array": ["<f8", [1 << 40], 1]}, bytes(8))


def mse_loss__shape_that_overflows(y_true, y_pred):
    _value({"array": ["<f8", [1 << 32, 1 << 32], 1]}, b"")


def mse_loss__negative_shape(y_true, y_pred):
    _value({"array": ["<f8", [-1], 1]}, bytes(8))


def mse_loss__the_same_buffer_many_times(y_true, y_pred):
    """A small frame that unfolds into a large value."""
    _value({"list": [{"array": ["|u1", [10**6], 1]}] * 10_000}, bytes(10**6))


def mse_loss__a_list_made_of_an_array(y_true, y_pred):
    """One object for every byte: fifteen megabytes become half a gigabyte."""
    _value({"list": {"array": ["|u1", [15_000_000], 1]}}, bytes(15_000_000))


def mse_loss__empty_rows_without_end(y_true, y_pred):
    """No bytes, but a billion lists for whoever wants to show it."""
    _value({"array": ["<f8", [1 << 30, 0], 1]}, b"")


def mse_loss__unknown_tag(y_true, y_pred):
    _value({"eval": "1"})


def mse_loss__two_tags(y_true, y_pred):
    _value({"list": [], "tuple": []})


def mse_loss__colliding_keys(y_true, y_pred):
    """Thirty thousand keys with one hash, each compared with all before it."""
    _value({"set": [{"complex": [float(-1000003 * k), float(k)]} for k in range(1, 30_000)]})


def mse_loss__colliding_tuples(y_true, y_pred):
    """The hashes of -1 and -2 are alike, and so are those of all tuples of them."""
    _value({"frozenset": [{"tuple": [-1 - (k >> i & 1) for i in range(16)]} for k in range(50_000)]})


def mse_loss__an_object_that_stays_there(y_true, y_pred):
    """Where plain data was asked for: arithmetic with it would show us the expected value."""
    _value({"handle": [1, "loss"]})


def mse_loss__wrong_number_of_fields(y_true, y_pred):
    _answer(_frame(["ok"]))


def mse_loss__status_is_an_array(y_true, y_pred):
    _answer(_frame([{"array": ["|b1", [2], 1]}, 1, {}], b"\1\1"))


def mse_loss__notes_are_a_number(y_true, y_pred):
    _answer(_frame(["ok", 0.0, 7]))


def mse_loss__a_table_instead_of_an_answer(y_true, y_pred):
    _answer(_frame({"mse_loss": True}))


def mse_loss__error_in_line_10_to_the_5000(y_true, y_pred):
    """No JSON can write that number down."""
    _answer(_frame(["error", {"type": "E", "bases": ["Exception"], "message": "", "frames": [[{"int": hex(10**5000)}, "f", "x"]]}, {}]))


def mse_loss__error_without_fields(y_true, y_pred):
    _answer(_frame(["error", {}, {}]))


def mse_loss__error_of_the_graders_own(y_true, y_pred):
    """Names of exceptions that would end pytest."""
    names = ["Exit", "Skipped", "SystemExit", "KeyboardInterrupt", "BaseExceptionGroup", "StopIteration", "Died"]
    _answer(_frame(["error", {"type": "Skipped", "bases": names, "message": "", "frames": []}, {}]))


def mse_loss__not_started(y_true, y_pred):
    """Says that it is a stub: no point, no harm."""
    _answer(_frame(["error", {"type": "NotImplementedError", "bases": ["Exception"], "message": "", "frames": []}, {}]))


def mse_loss__many_answers(y_true, y_pred):
    """A thousand answers ahead of the questions."""
    _answer(_frame(["ok", 0.0, {}]) * 1000)


def module__table_is_a_number():
    """What the module defines, told in our stead."""
    _answer(_frame(["ok", 7, {}]))


def module__table_of_everything():
    """Three hundred thousand names."""
    _answer(_frame(["ok", {"dict": [[f"{i:x}", True] for i in range(200_000)]}, {}]))


def module__table_of_numbers():
    _answer(_frame(["ok", {"dict": [[i, i] for i in range(1000)]}, {}]))


def module__random_bytes():
    _answer(os.urandom(1000))
