"""Reaching other processes: the grader (the parent's parent), the zygote (the parent), anybody. Signals are 0 and limits unchanged,
so that nothing happens where one succeeds, except that it prints BREACH."""
import ctypes
import fcntl
import os
import platform
import resource
import signal
import socket
import struct
import subprocess
import threading
import time

_libc = ctypes.CDLL(None, use_errno=True)
_X86 = platform.machine() == "x86_64"


def _breach(do, *args, **kwargs):
    """Report it if this is possible."""
    try:
        result = do(*args, **kwargs)
    except OSError:
        return
    print("BREACH", do, args, result)


def _call(name, x86, arm, *args):
    """A system call by its number must be forbidden."""
    number = x86 if _X86 else arm
    if _libc.syscall(ctypes.c_long(number), *args) != -1 or ctypes.get_errno() not in (1, 38):
        print("BREACH", name, ctypes.get_errno())


def mse_loss__signals_the_parent(y_true, y_pred):
    """By kill, by its group, by everybody's."""
    for pid in (os.getppid(), -os.getpgid(os.getppid()), -1, 1):
        _breach(os.kill, pid, 0)
    return 0.0


def mse_loss__signals_by_other_calls(y_true, y_pred):
    """tkill, tgkill, sigqueue, pidfd."""
    parent = os.getppid()
    _call("tkill", 200, 130, parent, 0)
    _call("tgkill", 234, 131, parent, parent, 0)
    _call("rt_sigqueueinfo", 129, 138, parent, 0, bytes(128))
    _call("pidfd_open", 434, 434, parent, 0)
    return 0.0


def mse_loss__signals_by_a_file(y_true, y_pred):
    """The kernel sends SIGIO to the owner of a descriptor; who that is may not be chosen."""
    a, b = os.pipe()
    owner = struct.pack("i", os.getppid())
    _breach(fcntl.fcntl, a, fcntl.F_SETOWN, os.getppid())
    for fd in (0, 1, 2, 3, 4, 5, a):
        for request in (0x8901, 0x8902):  # FIOSETOWN, SIOCSPGRP
            try:
                fcntl.ioctl(fd, request, owner)
                print("BREACH", fd, request)
            except OSError as e:
                if e.errno != 1:
                    print("BREACH: not forbidden, only not possible", fd, request, e)
    return 0.0


def mse_loss__limits_the_parent(y_true, y_pred):
    """One second of processor time for the grader would end it."""
    _breach(resource.prlimit, os.getppid(), resource.RLIMIT_CPU)
    return 0.0


def mse_loss__slows_the_parent(y_true, y_pred):
    """Priority, processors, scheduling class."""
    parent = os.getppid()
    _breach(os.setpriority, os.PRIO_PROCESS, parent, 0)
    _breach(os.sched_setaffinity, parent, os.sched_getaffinity(parent))
    _breach(os.sched_setscheduler, parent, os.SCHED_OTHER, os.sched_param(0))
    return 0.0


def mse_loss__traces_the_parent(y_true, y_pred):
    """ptrace and its kin, with and without a file in /proc."""
    parent = os.getppid()
    _call("ptrace", 101, 117, 0x4206, parent, 0, 0)
    _call("process_vm_readv", 310, 270, parent, None, 0, None, 0, 0)
    _call("kcmp", 312, 272, parent, parent, 0, 0, 0)
    for name in ("mem", "maps", "environ", "fd", "root", "cwd", "task"):
        _breach(os.listdir if name in ("fd", "root", "cwd", "task") else open, f"/proc/{parent}/{name}")
    return 0.0


def mse_loss__asks_the_socket_for_its_peer(y_true, y_pred):
    """A unix socket knows who is at the other end, and even hands out a handle of that process; it opens nothing."""
    for fd in range(3, 64):
        try:
            s = socket.socket(fileno=os.dup(fd))
            pid = struct.unpack("3i", s.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
        except OSError:
            continue
        _breach(os.kill, pid, 0)
        _breach(resource.prlimit, pid, resource.RLIMIT_CPU)
        try:
            handle = s.getsockopt(socket.SOL_SOCKET, 77)  # SO_PEERPIDFD
        except OSError:
            continue
        _call("pidfd_send_signal", 424, 424, handle, 0, None, 0)
        _call("pidfd_getfd", 438, 438, handle, 0, 0)
        _call("setns", 308, 268, handle, 0)
        _breach(fcntl.ioctl, handle, 0xFF01, 0)  # PIDFD_GET_CGROUP_NAMESPACE and its neighbours
    return 0.0


def mse_loss__forks(y_true, y_pred):
    """No second process."""
    _breach(os.fork)
    return 0.0


def mse_loss__outlives(y_true, y_pred):
    """A grandchild in a session of its own would go on after the grading."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
    os._exit(0)


def mse_loss__runs_a_program(y_true, y_pred):
    """A shell, and this interpreter."""
    _breach(subprocess.run, ["/bin/sh", "-c", "true"])
    _breach(os.execv, "/bin/true", ["true"])
    _breach(os.posix_spawn, "/bin/true", ["true"], {})
    return 0.0


def mse_loss__clones(y_true, y_pred):
    """The calls below fork, and the one that hides its flags."""
    _call("clone", 56, 220, 17, 0, 0, 0, 0)
    _call("clone3", 435, 435, bytes(88), 88)
    _call("vfork", 58, 220, 17, 0)
    return 0.0


def mse_loss__loses_its_leash(y_true, y_pred):
    """A worker dies with its parent, and may not change that."""
    _call("prctl", 157, 167, 1, 0, 0, 0, 0)
    signal_of_death = ctypes.c_int()
    _libc.prctl(2, ctypes.byref(signal_of_death))
    if signal_of_death.value != signal.SIGKILL:
        print("BREACH", signal_of_death.value)
    return 0.0


def mse_loss__threads_that_go_on(y_true, y_pred) -> 6:
    """Threads are allowed, and gone with the worker."""
    def work():
        while True:
            time.sleep(0.01)
    for _ in range(20):
        threading.Thread(target=work, daemon=False).start()
    return right(y_true, y_pred)


def mse_loss__answers_from_a_thread(y_true, y_pred):
    """Another thread speaks on the socket while this one hangs."""
    threading.Thread(target=lambda: os.write(3, b'\x01\0\0\0\x0f\0\0\0\0\0\0\0["ok", 0.0, {}]')).start()
    time.sleep(1e6)


def mse_loss__has_powers(y_true, y_pred):
    """Root without its powers: no capability is left in any set that counts."""
    data = ctypes.create_string_buffer(24)
    _libc.capget(struct.pack("<Ii", 0x20080522, 0), data)
    if any(data.raw):
        print("BREACH", data.raw.hex())
    if _libc.prctl(39, 0, 0, 0, 0) != 1:
        print("BREACH: new privileges are possible")
    return 0.0


def mse_loss__regains_powers(y_true, y_pred):
    """By asking, by the ambient set, by securebits, by another user, by a namespace."""
    header, all_of_them = struct.pack("<Ii", 0x20080522, 0), struct.pack("<6I", *[0xFFFFFFFF] * 6)
    inherited = struct.pack("<6I", 0, 0, 0xFFFFFFFF, 0, 0, 0xFFFFFFFF)
    for name, call in {
        "capset": lambda: _libc.capset(header, all_of_them), "inheritable": lambda: _libc.capset(header, inherited),
        "ambient": lambda: _libc.prctl(47, 2, 21, 0, 0), "securebits": lambda: _libc.prctl(28, 0, 0, 0, 0),
        "new privileges": lambda: _libc.prctl(38, 0, 0, 0, 0), "keep": lambda: _libc.prctl(28, 16, 0, 0, 0),
        "setuid": lambda: _libc.setuid(os.getuid() + 1), "setgid": lambda: _libc.setgid(os.getgid() + 1),
        "setgroups": lambda: _libc.setgroups(1, struct.pack("I", 27)), "user namespace": lambda: _libc.unshare(0x10000000),
    }.items():
        if call() == 0:
            print("BREACH", name)
    return 0.0


def mse_loss__raises_its_limits(y_true, y_pred):
    """They only go down."""
    for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
        which = getattr(resource, name)
        low, high = resource.getrlimit(which)
        try:
            resource.setrlimit(which, (high + 1, high + 1))
            print("BREACH", name)
        except (ValueError, OSError):
            pass
    return 0.0


def mse_loss__shares_memory_with_others(y_true, y_pred):
    """System V objects have no path, so Landlock does not see them."""
    for name, x86, arm in (("shmget", 29, 194), ("shmat", 30, 196), ("shmctl", 31, 195), ("semget", 64, 190), ("semctl", 66, 191),
                           ("semop", 65, 193), ("msgget", 68, 186), ("msgsnd", 69, 189), ("msgrcv", 70, 188), ("msgctl", 71, 187),
                           ("mq_open", 240, 180), ("mq_unlink", 241, 181), ("keyctl", 250, 219), ("add_key", 248, 217)):
        _call(name, x86, arm, 0, 0, 0, 0, 0)
    return 0.0


def mse_loss__asks_for_kernel_toys(y_true, y_pred):
    """Large and young parts of the kernel."""
    for name, x86, arm in (("io_uring_setup", 425, 425), ("bpf", 321, 280), ("userfaultfd", 323, 282), ("perf_event_open", 298, 241)):
        _call(name, x86, arm, 0, 0, 0, 0, 0)
    return 0.0


def module__forks_without_end():
    """A fork bomb at top level."""
    while True:
        os.fork()
