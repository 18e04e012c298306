"""What a worker gives up before it reads a line of the learner's code; returns the layers that took hold.

Landlock and seccomp are needed together: Landlock leaves chmod, prlimit, UDP and unix sockets open, seccomp leaves
files open. Both work without privileges and without a library. Elsewhere than on Linux only the limits exist.
"""
import contextlib
import ctypes
import functools
import os
import platform
import signal
import struct
import sys
import sysconfig

try:
    import resource
except ImportError:  # Windows: only the wall clock protects the grader
    resource = None

LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 36, 38


def enter(private, memory, cpu):
    """Limit this process to `memory` bytes, `cpu` seconds and the folder `private`; the layers that hold."""
    layers = ["process"]
    if os.name == "posix" and os.getsid(0) != os.getpid():
        os.setsid()
    if resource and _limits(memory, cpu):
        layers.append("limits")
    if LINUX:
        _die_first()
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _drop_capabilities()
        if _landlock(readable(), [private, "/dev/null"]):
            layers.append("landlock")
        if _seccomp():
            layers.append("seccomp")
    return layers


def hide():
    """For the trusted process: nobody of the same user may read its memory or environment."""
    if LINUX:
        _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def adopt_orphans():
    if LINUX:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _limits(memory, cpu):
    done = 0
    for name, value in {"CORE": 0, "NOFILE": 64, "FSIZE": 16 << 20, "CPU": cpu, "AS": memory}.items():
        try:
            which = getattr(resource, f"RLIMIT_{name}")
            hard = resource.getrlimit(which)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (value, value))
            done += 1
        except (AttributeError, ValueError, OSError):  # macOS refuses a limit on memory
            pass
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # a flood of output dies of a clear cause
    return done


@functools.cache
def readable():
    """The interpreter and its libraries, and no more: never the graders, never /usr as a whole."""
    paths = sysconfig.get_paths()
    return {*(paths[k] for k in ("stdlib", "platstdlib", "purelib", "platlib")), os.path.join(sys.base_prefix, "lib"),
            "/usr/lib", "/lib", "/lib64", "/usr/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo", "/dev/urandom",
            "/sys/devices/system/cpu"}


def _die_first():
    """Where the machine runs out of memory it ends the worker, not the grader."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as f:
        f.write("1000")


def _drop_capabilities():
    """Root keeps its name but none of its powers; without new privileges there is no way back to them."""
    header = struct.pack("<Ii", 0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    if _libc.capset(header, bytes(24)):
        raise OSError(ctypes.get_errno(), "the powers of root could not be dropped")


# -- Landlock: an allow-list for the file system, no TCP, no signals to the outside ----------------
def _landlock(read, write):
    call = lambda n, *a: _libc.syscall(ctypes.c_long(n), *a)
    abi = call(444, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    for abi in range(min(abi, 6), 0, -1):  # some back-ports report a version that they refuse: step down
        rights = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(abi, 16)) - 1
        attributes = struct.pack("<QQQ", rights, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
        size = 24 if abi >= 6 else 16 if abi >= 4 else 8
        rules = call(444, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
        if rules >= 0:
            break
    else:
        return False
    reading = 1 | 4 | 8  # execute, read a file, list a folder
    on_files = 1 | 2 | 4 | (1 << 14 if abi >= 3 else 0) | (1 << 15 if abi >= 5 else 0)
    for path, allowed in [*((p, reading) for p in read), *((p, rights) for p in write)]:
        try:
            at = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        allowed = allowed if os.path.isdir(path) else allowed & on_files
        call(445, rules, 1, struct.pack("<Qi", allowed, at), ctypes.c_uint32(0))
        os.close(at)
    done = call(446, rules, ctypes.c_uint32(0)) == 0
    os.close(rules)
    return done and abi >= 3  # older ones hold as well, but for emptying a file: that is not what the layer's name says


# -- seccomp: a deny-list, compiled to BPF by hand -------------------------------------------------
_DENY = {  # name: (x86_64, aarch64)
    "fork": (57, -1), "vfork": (58, -1), "execve": (59, 221), "execveat": (322, 281),
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "kcmp": (312, 272), "move_pages": (279, 239), "migrate_pages": (256, 238), "setpriority": (141, 140),
    "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119), "sched_setparam": (142, 118),
    "sched_setattr": (314, 274), "ioprio_set": (251, 30), "process_mrelease": (448, 448),
    # a pair of datagram sockets could send to others, and a connected TCP socket be connected anew
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
    "accept4": (288, 242), "io_uring_setup": (425, 425),
    "perf_event_open": (298, 241), "bpf": (321, 280), "userfaultfd": (323, 282), "keyctl": (250, 219),
    "add_key": (248, 217), "request_key": (249, 218), "syslog": (103, 116), "memfd_create": (319, 279),
    # System V objects have no path: their numbers are enough, and root's belong to us
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "mq_open": (240, 180), "mq_unlink": (241, 181), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "fsopen": (430, 430), "open_tree": (428, 428),
    "move_mount": (429, 429), "mount_setattr": (442, 442), "open_by_handle_at": (304, 265),
    # Landlock does not cover changes of mode, owner or attributes, so these go for every file
    "chmod": (90, -1), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, -1),
    "fchown": (93, 55), "lchown": (94, -1), "fchownat": (260, 54), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "setxattrat": (463, 463), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "utime": (132, -1), "utimes": (235, -1), "futimesat": (261, -1), "utimensat": (280, 88),
}
_CLONE3 = 435
_SELF = object()
_ARGUMENT = [  # (x86_64, aarch64), argument, comparison, values: allow (==, bit) or deny (!=) by one argument
    ((56, 220), 0, "bit", 0x10000),  # clone: threads only
    ((62, 129), 0, "==", _SELF), ((234, 131), 0, "==", _SELF),  # kill, tgkill: itself only
    ((302, 261), 0, "==", 0),  # prlimit64: its own limits only
    ((157, 167), 0, "!=", PR_SET_PDEATHSIG),  # prctl: it dies with its parent
    # ioctl TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: no typing into a terminal, no signals to the "owner" of a socket
    ((16, 29), 1, "==", 0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451),
    # fcntl duplicate, flags of the descriptor, locks: no owner either, and no flags of a file that the grader reads too
    ((72, 25), 1, "==", 0, 1, 2, 3, 5, 6, 7, 1030),
]
_ALLOW, _EPERM, _ENOSYS = 0x7FFF0000, 0x00050001, 0x00050026


def _seccomp():
    arch = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}.get(platform.machine())
    if not arch:
        return False
    column, audit = arch
    op = lambda code, k, jt=0, jf=0: struct.pack("<HBBI", code, jt, jf, k & 0xFFFFFFFF)
    load, ret = lambda offset: op(0x20, offset), lambda k: op(0x06, k)
    program = [load(4), op(0x15, audit, 1, 0), ret(_EPERM), load(0), op(0x35, 0x40000000, 0, 1), ret(_EPERM)]
    for numbers in _DENY.values():
        if numbers[column] >= 0:
            program += [op(0x15, numbers[column], 0, 1), ret(_EPERM)]
    program += [op(0x15, _CLONE3, 0, 1), ret(_ENOSYS)]  # glibc falls back to clone, whose flags can be read
    for numbers, argument, how, *values in _ARGUMENT:
        values = [os.getpid() if v is _SELF else v for v in values]
        tests = [op(0x45 if how == "bit" else 0x15, v, *((0, 1) if how == "!=" else (left, 0)))
                 for left, v in zip(range(len(values), 0, -1), values)]
        program += [op(0x15, numbers[column], 0, len(tests) + 3), load(16 + 8 * argument), *tests, ret(_EPERM), load(0)]
    program.append(ret(_ALLOW))
    code = b"".join(program)
    buffer = ctypes.create_string_buffer(code, len(code))
    filters = struct.pack("<HxxxxxxQ", len(program), ctypes.addressof(buffer))
    return _libc.prctl(PR_SET_SECCOMP, 2, filters, 0, 0) == 0
