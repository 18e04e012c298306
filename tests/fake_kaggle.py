"""A Kaggle on loopback for the real client: it serves one file, and misbehaves as it is told.

The client needs no patch: with KAGGLE_API_ENVIRONMENT=LOCALHOST and HTTP_PROXY it sends every request here.
"""

import json
import socket
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

STORE = "http://storage.localhost/kaggle-data-sets/1/2/compressed/"


class Handler(BaseHTTPRequestHandler):
    """POST is the API, GET is the store that a download is redirected to."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        method = self.path.rpartition("/")[2]
        self.server.calls.append((method, self.headers.get("Authorization", "")))
        if self.server.fault in API_FAULTS:
            API_FAULTS[self.server.fault](self)
        elif method == "IntrospectToken":
            self.answer(200, {"active": True, "username": "learner"})
        elif method == "GetDatasetMetadata":
            self.answer(200, {"info": {"title": "Demo", "licenses": [{"name": "CC0-1.0"}]}})
        else:
            self.send(302, b"", {"Location": STORE + quote(self.server.name) + "?X-Goog-Signature=401"})

    def do_GET(self):
        self.server.calls.append(("store", self.headers.get("Authorization", "")))
        STORE_FAULTS.get(self.server.fault, Handler.whole)(self)

    def whole(self, dated=True):
        start = int(self.headers.get("Range", "bytes=0-")[6:-1])
        dates = {"Last-Modified": "Tue, 01 Jan 2019 00:00:00 GMT", "ETag": '"1"', "Accept-Ranges": "bytes"}
        self.send(206 if start else 200, self.server.payload[start:], dates if dated else {})

    def answer(self, status, record):
        self.send(status, json.dumps(record).encode(), {"Content-Type": "application/json"})

    def send(self, status, body, headers, length=None):
        self.send_response(status)
        headers = {"Content-Type": "application/octet-stream", "X-Kaggle-APIVersion": self.server.version} | headers
        for name, value in (headers | {"Content-Length": str(len(body) if length is None else length)}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def half(self):
        """The headers of the whole file, and half of it."""
        payload = self.server.payload
        self.send(200, payload[:len(payload) // 2], {"Accept-Ranges": "bytes"}, length=len(payload))
        self.wfile.flush()

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RD)
        self.connection.close()

    def silence(self):
        self.server.over.wait(60)

    def page(self):
        self.send(200, b"<!doctype html><title>Log in to the network</title>", {"Content-Type": "text/html"})

    def first(self):
        """True in the first request to the store."""
        return sum(method == "store" for method, _ in self.server.calls) == 1

    def drip(self):
        self.send(200, b"", {}, length=len(self.server.payload))
        step = len(self.server.payload) // 8 + 1
        for start in range(0, len(self.server.payload), step):
            time.sleep(0.25)
            self.wfile.write(self.server.payload[start:start + step])
            self.wfile.flush()

    def log_message(self, *args):
        pass


def status(code, record):
    return lambda handler: handler.answer(code, record)


def then(first, second):
    """The first request to the store meets `first`, the others `second`."""
    return lambda handler: (first if handler.first() else second)(handler)


def cut(handler):
    handler.half()
    handler.reset()


def expired(handler):
    body = b"<?xml version='1.0'?><Error><Code>ExpiredToken</Code></Error>"
    handler.send(403, body, {"Content-Type": "application/xml"})


API_FAULTS = {
    "401": status(401, {"code": 401, "message": "Unauthenticated"}),
    "403": status(403, {"code": 403, "message": "Permission 'datasets.get' was denied"}),
    "404": status(404, {"code": 404, "message": "Not found"}),
    "429": lambda handler: handler.send(429, b"", {"Retry-After": "2"}),
    "429 of 2026": status(429, {"error": {"code": 429, "message": "Too many requests"}}),
    "500": status(500, {"code": 500, "message": "Internal error"}),
    "silent api": Handler.silence,
    "page for the api": Handler.page,
    "reset api": Handler.reset,
}
STORE_FAULTS = {
    "undated": lambda handler: handler.whole(dated=False),
    "stall": lambda handler: (handler.half(), handler.silence()),
    "cut once": then(cut, Handler.whole),
    "cut always": cut,
    "cut, then 403": then(cut, expired),
    "truncated": Handler.half,
    "truncated once": then(Handler.half, Handler.whole),
    "page for the file": Handler.page,
    "store 500": lambda handler: handler.send(500, b"", {}),
    "drip": Handler.drip,
}


class Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """A killed client breaks its connection: that is the test, not an error."""


@contextmanager
def fake_kaggle(payload: bytes, name: str = "demo.csv", fault: str = "", version: str = "1.0"):
    """A running server: `port`, and the `calls` it had as (method, Authorization)."""
    assert not fault or fault in API_FAULTS | STORE_FAULTS
    server = Quiet(("127.0.0.1", 0), Handler)
    server.payload, server.name, server.fault, server.version = payload, name, fault, version
    server.port, server.calls, server.over = server.server_address[1], [], threading.Event()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
