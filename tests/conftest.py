"""What every test starts from."""
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it, and so would all that the tests start and interrupt
