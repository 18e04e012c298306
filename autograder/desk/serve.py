"""The learner's page on the loopback address, made anew at each grading."""
import errno
import http.server
import os
import secrets
import threading
import time

from autograder import manifest, progress
from autograder.desk import page
from autograder.run import CannotGrade

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
           "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
HEARTBEAT, LOOK = 15.0, 0.3  # seconds: between signs of life to a browser, between looks at the reports


class CannotServe(Exception):
    """One sentence: why the page cannot be served, and what to do."""


class Site(http.server.ThreadingHTTPServer):
    """The page, its version, and the browsers that wait for the next one."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two servers share a port

    def __init__(self, port):
        try:
            super().__init__(("127.0.0.1", port), Visit)
        except (OSError, OverflowError) as e:
            why = "is in use" if getattr(e, "errno", 0) == errno.EADDRINUSE else "cannot be used"
            raise CannotServe(f"Port {port} {why}; name another one: make serve PORT={8000 + secrets.randbelow(1000)}.") from None
        self.path = f"/{secrets.token_urlsafe(9)}/"  # no other page or user can guess it
        self.port = self.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}{self.path}"
        self.hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}  # whoever sends another name was led here by a foreign page
        self.version, self.body, self.changed, self.album = 0, b"", threading.Condition(), page.Album()

    def publish(self):
        body = page.html(self.album, live=self.version + 1).encode()
        with self.changed:
            self.version, self.body = self.version + 1, body
            self.changed.notify_all()

    def handle_error(self, request, client_address):
        """A browser that left is no news."""


class Visit(http.server.BaseHTTPRequestHandler):
    """One request: the page, or the stream that says when there is a newer one."""

    protocol_version, server_version, sys_version = "HTTP/1.1", "desk", ""

    def do_GET(self):
        if self.headers.get("Host") not in self.server.hosts:
            return self.answer(421, b"This page is served under its own address only.\n")
        if self.path == self.server.path:
            return self.answer(200, self.server.body, "text/html; charset=utf-8")
        if self.path == self.server.path + "events":
            return self.events()
        return self.answer(404, b"There is nothing here: use the address that make serve printed.\n")

    do_HEAD = do_GET

    def answer(self, status, body, kind="text/plain; charset=utf-8"):
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def events(self):
        site, sent = self.server, None
        self.send_response(200)
        for name, value in {**HEADERS, "Content-Type": "text/event-stream", "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        while self.command == "GET":
            with site.changed:
                site.changed.wait_for(lambda: site.version != sent, HEARTBEAT)
                now = site.version
            self.wfile.write(f"data: {now}\n\n".encode() if now != sent else b":\n\n")
            sent = now

    def log_message(self, *_):
        """The terminal belongs to the learner."""


def reports():
    """What changes whenever something was graded."""
    return sorted((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in progress.FOLDER.glob("project-*.json"))


def serve(port, say=print):
    """Serve until interrupted."""
    site = Site(port)
    seen = reports()
    site.publish()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    say(f"Your page: {site.address}\nIt follows each grading. Ctrl-C ends it.", flush=True)
    try:
        while True:
            time.sleep(LOOK)
            if (now := reports()) != seen:
                seen = now
                try:
                    site.publish()
                except (CannotGrade, manifest.ManifestError) as e:  # the page of before stays
                    say(e, flush=True)
    except KeyboardInterrupt:
        say("")
    finally:
        site.shutdown()
        site.server_close()
