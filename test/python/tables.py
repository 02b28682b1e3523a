"""Computes from the raw files of a job, with nothing but pandas, what exported tables should hold; prints both, key by key."""

import glob
import json
import sys

import pandas as pd

QUANTILES = [0.5, 0.95, 0.99]


def raw_samples(job):
    files = sorted(glob.glob(f"{job}/profiler-output/system/incremental/*/*.json"))
    rows = [json.loads(line) for path in files for line in open(path)]
    origin = min(int(path.rsplit("/", 1)[1].split(".")[0]) for path in files)
    return pd.DataFrame(rows).drop_duplicates(), origin


def raw_events(job):
    rows = []
    for path in sorted(glob.glob(f"{job}/profiler-output/framework/pevents/*/*.json")):
        pid, host, number = path.rsplit("/", 1)[1].split("_")[1].split("-")
        base, names = 0, {}
        for event in json.load(open(path)):
            args = event.get("args", {})
            if event["ph"] == "M" and event["name"] == "process_name":
                base = args.get("start_time_since_epoch_in_micros", base)
                if "name" in args:
                    names[event["pid"]] = args["name"]
            if event["ph"] == "X":
                start = base + event["ts"]
                step = int(args.get("step_num", -1))
                rows.append((f"{host}-{number}-{pid}", names[event["pid"]], event["name"], start, start + event["dur"], step))
    return pd.DataFrame(rows, columns=["worker", "process", "name", "start", "end", "step"])


def described(values):
    d = values.describe(percentiles=QUANTILES)
    return [float(d[key]) for key in ("mean", "min", "max", "50%", "95%", "99%")]


def told(row, prefix, suffix=""):
    return [float(row[f"{prefix}_{name}{suffix}"]) for name in ("mean", "min", "max", "p50", "p95", "p99")]


def compare(job, tables):
    samples, origin = raw_samples(job)
    events = raw_events(job)
    read = lambda name: pd.read_csv(f"{tables}/{name}.csv")
    result = {}

    system = read("system")
    both = lambda key, expected, actual: result.update({key: {"expected": expected, "actual": actual}})
    both("samples", [len(samples), float(samples.Value.sum())], [len(system), float(system.value.sum())])
    first, last = (round(float(t) * 1e6) for t in (samples.Timestamp.min(), samples.Timestamp.max()))
    when = pd.to_datetime(system.timestamp).min()
    both("first sample", [first, first - origin * 1000000], [when.value // 1000, int(system.timestamp_us.min())])

    utilization = read("utilization")
    whole = utilization[utilization.Training_phase.isna()].set_index(["nodeID", "metric"])
    for (node, kind, dimension, name), group in samples.groupby(["NodeId", "Type", "Dimension", "Name"]):
        if kind in ("cpu", "gpu"):
            continue
        metric = f"{dimension} {name}".strip()
        both(f"{node} {metric}", described(group.Value), told(whole.loc[(node, metric)], "utilization"))
    devices = read("devices").set_index(["nodeID", "dimension", "name"])
    of_devices = samples[samples.Type.isin(["cpu", "gpu"])]
    for (node, dimension), group in of_devices.groupby(["NodeId", "Dimension"]):
        both(f"{node} {dimension}", described(group.Value), told(whole.loc[(node, dimension)], "utilization"))
    for (node, dimension, name), group in of_devices.groupby(["NodeId", "Dimension", "Name"]):
        v = group.Value
        row = devices.loc[(node, dimension, name)]
        bands = [int((v > 90).sum()), int(((v <= 90) & (v >= 10)).sum()), int((v < 10).sum())]
        both(f"{node} {dimension} {name} bands", bands, [int(row.over_90), int(row["10_to_90"]), int(row.under_10)])

    framework = read("framework")
    once = events.drop_duplicates()
    by_process = framework.assign(d=framework.end_time_us - framework.start_time_us).groupby("process").d.sum()
    for process, group in once.groupby("process"):
        both(f"{process} time", [float((group.end - group.start).sum())], [float(by_process[process])])
    both("event starts", [float((once.start - origin * 1e6).sum())], [float(framework.start_time_us.sum())])

    steps = read("steps")
    by_phase = steps[steps.by == "training_phase"].set_index("name")
    of_steps = once[once.process.str.contains("Step:ModeKeys")]
    for phase, group in of_steps.groupby("process"):
        both(f"{phase} steps", described(group.end - group.start), told(by_phase.loc[phase], "duration", "_us"))

    # Fill in missing step numbers the slow way: of all steps of the worker that enclose the event the one that began last.
    filled = {}
    for worker, group in once.groupby("worker"):
        own = group[group.process.str.contains("Step:ModeKeys")]
        missing = group[group.step == -1]
        for event in missing.itertuples():
            around = own[(own.start <= event.start) & (own.end >= event.end)]
            filled[worker] = filled.get(worker, 0) + (int(around.sort_values("start").step.iloc[-1]) if len(around) else -1)
    told_missing = framework[framework.step == -1].groupby("nodeID").enclosing_step.sum()
    for worker, total in filled.items():
        both(f"{worker} enclosing steps", [total], [int(told_missing[worker])])

    row = read("job").iloc[0]
    loop = [float(of_steps.start.min()), float(once.end.max())]
    both(
        "job",
        [(last - first) / 1e3, (loop[1] - loop[0]) / 1e3, (loop[0] - first) / 1e3, (last - loop[1]) / 1e3],
        [float(row[name]) for name in ("job_duration", "training_loop_duration", "initialization", "finalization")],
    )

    phases = read("phases")
    for worker, group in of_steps.groupby("worker"):
        ordered = group.sort_values("start")
        runs = (ordered.process != ordered.process.shift()).cumsum()
        spans = ordered.groupby(runs).agg(start=("start", "min"), end=("end", "max"))
        mine = phases[(phases.nodeID == worker) & phases.phase.str.startswith("Step:")]
        both(f"{worker} runs", [len(spans), float((spans.end - spans.start).sum())], [len(mine), float(mine.duration_us.sum())])

    activity = read("activity")
    minute = activity[activity.by == "process"]
    for (begin, end), group in list(minute.groupby(["begin_us", "end_us"]))[:5]:
        a, b = begin + origin * 1e6, end + origin * 1e6
        touching = once[(once.end >= a) & (once.start <= b)]
        overlap = (touching.end.clip(upper=b) - touching.start.clip(lower=a)).sum()
        both(
            f"minute {int(begin)}",
            [len(touching), float((touching.end - touching.start).sum()), float(overlap)],
            [int(group.events.sum()), float(group.duration_us.sum()), float(group.overlap_us.sum())],
        )
    return result


json.dump(compare(*sys.argv[1:3]), sys.stdout)
