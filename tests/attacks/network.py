"""Talking to the outside: every attempt must fail at once, not after a time limit of its own."""
import os
import socket
import urllib.request


def _breach(do, *args):
    """Report it if this is possible."""
    try:
        do(*args)
    except OSError:
        return
    print("BREACH", do, args)


def mse_loss__tcp(y_true, y_pred):
    """To the outside and to this machine."""
    for host in ("192.0.2.1", "127.0.0.1"):
        _breach(socket.create_connection, (host, 80), 0.1)
    return 0.0


def mse_loss__listens(y_true, y_pred):
    """A server in the worker."""
    _breach(socket.create_server, ("127.0.0.1", 0))
    return 0.0


def mse_loss__udp(y_true, y_pred):
    """No connection is needed, so Landlock sees nothing."""
    _breach(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"grade", ("127.0.0.1", 9)))
    return 0.0


def mse_loss__unix_sockets(y_true, y_pred):
    """By path (that of a container engine makes its owner root) and by abstract name."""
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        _breach(socket.socket, socket.AF_UNIX, kind)
    return 0.0


def mse_loss__datagrams_from_a_pair(y_true, y_pred):
    """A pair of datagram sockets may also send to third parties: the system's log, for one."""
    _breach(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)
    return 0.0


def mse_loss__turns_its_own_socket(y_true, y_pred):
    """The one socket that it has can be connected, bound or opened to nobody else."""
    for fd in range(3, 64):
        try:
            s = socket.socket(fileno=os.dup(fd))
        except OSError:
            continue
        for do in (lambda: s.bind("\0grade" if s.family == socket.AF_UNIX else ("127.0.0.1", 0)), lambda: s.listen(1),
                   lambda: s.connect("/run/docker.sock" if s.family == socket.AF_UNIX else ("127.0.0.1", 9))):
            try:
                do()
                print("BREACH")
            except OSError as e:
                if e.errno != 1:
                    print("BREACH: not forbidden, only not possible", e)
    return 0.0


def mse_loss__other_families(y_true, y_pred):
    """Raw packets, the kernel's own sockets, virtual machines."""
    for family, kind in ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_INET6, socket.SOCK_STREAM), (socket.AF_NETLINK, socket.SOCK_RAW),
                         (socket.AF_PACKET, socket.SOCK_RAW), (socket.AF_VSOCK, socket.SOCK_STREAM), (socket.AF_ALG, socket.SOCK_SEQPACKET)):
        _breach(socket.socket, family, kind)
    return 0.0


def mse_loss__looks_up_a_name(y_true, y_pred):
    """A question to a name server carries any text outside."""
    _breach(socket.getaddrinfo, "grade.example.com", 80)
    return 0.0


def mse_loss__downloads_the_answer(y_true, y_pred):
    """The accident among these: data from the web."""
    return float(urllib.request.urlopen("http://example.com/answer").read())
