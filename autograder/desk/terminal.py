"""A terminal that is borrowed: another screen and single keys, and all as it was afterwards, whatever happens."""
import contextlib
import os
import re
import select
import signal
import sys

try:
    import termios
    import tty
except ImportError:  # Windows
    termios = None

BORROW, RETURN = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"  # alternate screen, no cursor, no wrapping


def there():
    return termios is not None and sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


class Terminal:
    """Within `with`: single keys; a signal that ends the process becomes KeyboardInterrupt, so that `with` is left, and is `ended`."""

    ended = False

    def __enter__(self):
        self.ear, self.voice = os.pipe()
        for end in (self.ear, self.voice):
            os.set_blocking(end, False)
        self.input = sys.stdin.fileno()
        self.mode = termios.tcgetattr(self.input)
        self.signals = {s: signal.signal(s, self.end) for s in (signal.SIGTERM, signal.SIGHUP)}
        self.signals[signal.SIGWINCH] = signal.signal(signal.SIGWINCH, lambda *_: self.wake())
        try:
            tty.setcbreak(self.input)
            mode = termios.tcgetattr(self.input)
            mode[6][termios.VSUSP] = mode[6][termios.VQUIT] = b"\0"  # Ctrl-Z and Ctrl-\ would leave the other screen behind
            termios.tcsetattr(self.input, termios.TCSANOW, mode)
            self.say(BORROW)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for number, handler in self.signals.items():
            signal.signal(number, handler)
        with contextlib.suppress(OSError):  # the window may be gone
            self.say(RETURN)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self.input, termios.TCSAFLUSH, self.mode)

    def end(self, *_):
        self.ended = True
        raise KeyboardInterrupt

    def say(self, text):
        sys.stdout.write(text)
        sys.stdout.flush()

    def wake(self):
        """End the wait of `keys`; for other threads and for signals."""
        with contextlib.suppress(BlockingIOError):
            os.write(self.voice, b".")

    def keys(self, seconds):
        """The keys that were typed, "" if none was in that time or something else happened; EOFError where nobody can type any more."""
        heard, _, _ = select.select([self.input, self.ear], [], [], seconds)
        if self.ear in heard:
            os.read(self.ear, 1 << 16)
        if self.input not in heard:
            return ""
        typed = os.read(self.input, 1 << 10)
        if not typed:
            raise EOFError
        return re.sub(rb"\x1b(\[[\d;]*.?|O.|.)?", b"", typed).decode("ascii", "ignore")  # an arrow is not its letters
