"""Reads profiles with Python's own modules, and makes what only Python can make. One JSON request on standard input."""

import base64
import cProfile
import json
import marshal
import sys


def dump(path):
    with open(path, "rb") as file:
        stats = marshal.load(file)
    return [
        [*key, cc, nc, tt, ct, [[*caller, *share] for caller, share in callers.items()]]
        for key, (cc, nc, tt, ct, callers) in stats.items()
    ]


def recursive(n):
    return 0 if n == 0 else 1 + recursive(n - 1)


def profile(_):
    profiler = cProfile.Profile()
    profiler.enable()
    sorted([recursive(5), len("a")], key=abs)
    profiler.disable()
    profiler.create_stats()
    return base64.b64encode(marshal.dumps(profiler.stats)).decode()


def plain(version):
    """One value of every kind that is read, written as an older or newer Python would."""
    shared = ("file.py", 7, "naïve \U0001f40d")
    values = {
        shared: [1, -1, 2**31 - 1, -(2**31), 2**40, -(2**52), 0.1, -1e300, True, False, None],
        ("ref", shared): (shared, b"\x00\xff", "", "x" * 300, tuple(range(300))),
    }
    return base64.b64encode(marshal.dumps(values, version)).decode()


request = json.load(sys.stdin)
json.dump([{"dump": dump, "profile": profile, "plain": plain}[request["action"]](item) for item in request["items"]], sys.stdout)
