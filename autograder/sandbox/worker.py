"""The process that runs the learner's code: gives up its powers, imports the module, answers one request at a time."""
import builtins
import faulthandler
import itertools
import linecache
import operator
import os
import random
import sys
import time
import traceback
import types
import warnings

import numpy as np

from autograder.sandbox import extract, jail, rules, wire

objects = {}  # what stays here while the trusted side holds its number
_numbers = itertools.count(1)


def main(sock):
    """The life of a worker: one configuration, then requests until the trusted side hangs up."""
    config = wire.loads(wire.receive(sock, max_text=1 << 40))
    os.chdir(config["private"])
    os.environ.update(HOME=config["private"], TMPDIR=config["private"])
    layers = jail.enter(config["private"], config["memory"], config["cpu"])
    wire.send(sock, wire.encode(layers))  # our own words: not a byte of the learner's has been read yet
    server = Server(lambda parts: wire.send(sock, parts), config)
    server.start()
    while True:
        server.call(wire.receive(sock, max_total=1 << 40, max_text=1 << 40))


class Server:
    """Answers requests about one module: `send` takes the parts of each answer."""

    def __init__(self, send, config):
        self.send, self.config, self.name, self.source = send, config, config["name"], config["source"]
        self.module = types.ModuleType("submission")  # never the name of a library
        linecache.cache[self.name] = (len(self.source), None, self.source.splitlines(True), self.name)

    def start(self):
        """Two answers: what the source says (if asked), and what the module defines once imported."""
        if self.config["scan"] is not None:
            self.answer(lambda: rules.scan(self.code(), self.name, self.config["scan"]))
        self.answer(self.load)

    def code(self):
        """The module's text, or what of a notebook's cells makes a module."""
        cells = self.config.get("cells")
        return extract.module(self.source, [lines for _, lines in cells], self.config["tasks"]) if cells else self.source

    def load(self):
        module = self.module
        random.seed(0), np.random.seed(0)
        module.__file__ = self.name
        sys.modules[module.__name__] = module
        exec(compile(self.code(), self.name, "exec"), vars(module))
        reference = {"__name__": "solution"}
        exec(compile(self.config["reference"], "solution", "exec"), reference)
        vars(module).update({name: reference[name] for name in self.config["patch"]})
        rules.block(self.config["forbids"], module)
        return {name: callable(value) for name, value in vars(module).items() if type(name) is str and name[0] != "_"}

    def call(self, request):
        mode, target, name, args, kwargs = wire.loads(request)
        _, _, _, before, before_named = wire.loads([bytes(p) for p in request])
        owner = {None: self.module, "operator": operator, "builtins": builtins}.get(target) or objects[target]

        def run():
            value = getattr(owner, name)
            return value if mode == "get" else value(*args, **kwargs)

        def changed():
            named = {**dict(enumerate(args)), **kwargs}
            return [k for k, v in {**dict(enumerate(before)), **before_named}.items() if not same(named.get(k), v)]

        self.answer(run, changed, handle if target is not None or mode == "object" else None)

    def answer(self, run, changed=list, handle=None):
        """Run something; send ["ok" | "error" | "opaque", value, notes]. Everything, SystemExit too, becomes an answer."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                reply = ["ok", run()]
            except BaseException as e:
                if self.config.get("local") and not isinstance(e, (Exception, SystemExit)):
                    raise  # Ctrl-C, and the alarm of a check that takes too long
                reply = ["error", self.describe(e)]
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        try:
            notes = {"changed": changed(), "warnings": [[w.category.__name__, str(w.message)[:200], w.lineno]
                                                        for w in caught[:5] if w.filename == self.name]}
            parts = wire.encode([*reply, notes], handle)
        except RecursionError:
            parts = wire.encode(["opaque", "a value that is nested too deeply", {}])
        except Exception as e:
            parts = wire.encode(["opaque", str(e)[:500], {}])
        if len(parts) > wire.MAX_PARTS or len(parts[0]) > wire.MAX_TEXT or sum(map(len, parts)) > wire.MAX_TOTAL:
            parts = wire.encode(["opaque", "a value that is too large to send back", {}])
        self.send(parts)

    def describe(self, e):
        """An exception as data: its type, its built-in ancestors, its words, and the learner's own lines."""
        frames = [[f.lineno, f.name, (f.line or "")[:200]] for f in traceback.extract_tb(e.__traceback__)[-60:] if f.filename == self.name]
        if isinstance(e, SyntaxError) and e.lineno:
            frames.append([e.lineno, "", (e.text or "").strip()[:200]])
        try:
            message = str(e.msg if isinstance(e, SyntaxError) and e.lineno else e)[:2000]  # its line is in the frames
        except BaseException:
            message = "(its message cannot be shown)"
        return {"type": type(e).__name__[:100], "bases": [c.__name__[:100] for c in type(e).__mro__], "message": message,
                "frames": frames[-12:]}


def same(a, b):
    """Are two arguments equal, to the bit? Walks lists, tuples and dicts; what is neither those nor an array is left out."""
    if isinstance(b, np.ndarray):
        return isinstance(a, np.ndarray) and a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in b)
    return True


def handle(o):
    """Keep an object here and give the trusted side a number for it."""
    number = next(_numbers)
    objects[number] = o
    return [number, type(o).__name__]


def lookup(number):
    return objects[number]


def begin(sock, out, trace):
    """Wire up output and crash traces (file descriptors), then live; never returns."""
    try:
        os.dup2(out, 1), os.dup2(out, 2)
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")
        faulthandler.enable(trace)
        if hasattr(faulthandler, "register"):  # the trusted side asks for the line of a hang this way
            from signal import SIGUSR1
            faulthandler.register(SIGUSR1, trace, all_threads=False)
        main(sock)
    except EOFError:  # the trusted side hung up
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
