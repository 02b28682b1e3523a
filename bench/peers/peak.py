"""Tells the peak memory (kB) of this process on the fourth file descriptor as it ends."""

import atexit
import os
import re
from pathlib import Path


@atexit.register
def tell():
    # getrusage() starts from the parent's peak, which the child inherits; the status file does not.
    os.write(3, re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1].encode())
