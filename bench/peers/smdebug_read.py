"""smdebug reads a job: all system samples, all framework events. It judges nothing."""

import os
import sys

import peak  # noqa: F401

os.environ["SMDEBUG_LOG_LEVEL"] = "error"
from smdebug.profiler.algorithm_metrics_reader import LocalAlgorithmMetricsReader
from smdebug.profiler.system_metrics_reader import LocalSystemMetricsReader

folder = f"{sys.argv[1]}/profiler-output"
end = 4_000_000_000_000_000
samples = LocalSystemMetricsReader(folder).get_events(0, end)
events = LocalAlgorithmMetricsReader(folder).get_events(0, end)
print(len(samples), "samples,", len(events), "events")
