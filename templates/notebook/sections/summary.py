timing = load("MaxInitializationTime")
start, end = job_span()
first_step, last_step = step_span()
known_steps = None not in (start, end, first_step, last_step)
finish = max(end, last_step) if known_steps else end

facts = []
if None not in (start, end):
    facts.append(["Duration", duration_text(finish - start), "first to last sample analysed"])
facts.append(["Nodes", len(job_nodes()) or "unknown", ""])
facts.append(["GPUs", "unknown" if gpu_count() is None else gpu_count(), ""])
cores = number(load("Dataloader", quiet=True).details.get("cores"))
if cores is not None:
    facts.append(["CPU cores", cores, "per node" if len(job_nodes()) > 1 else ""])
samples = load("OverallSystemUsage", quiet=True).datapoints
if None not in (start, end) and samples > 1 and end > start:
    interval = (end - start) / (samples - 1)
    settings = [setting for setting in [0.1, 0.2, 0.5, 1, 5, 10, 60] if abs(interval - setting) <= 0.05 * setting]
    interval = settings[0] if settings else float(f"{interval:.2g}")
    facts.append(["Sampling interval", duration_text(interval), "estimated from the number of samples"])
if timing.found:
    facts.append(["Step events", decimal_text(timing.datapoints), ""])
show_facts(facts)

if known_steps:
    whole = finish - start
    initialization = max(0, first_step - start)
    finalization = max(0, finish - max(last_step, first_step))
    phases = [
        ("Initialization", "first sample to first step", initialization),
        ("Training loop", "first to last step", whole - initialization - finalization),
        ("Finalization", "last step to last sample", finalization),
    ]
    phases = [(name, meaning, seconds, 100 * seconds / whole if whole > 0 else 0) for name, meaning, seconds in phases]
    parts = [(name, share, duration_text(seconds)) for name, meaning, seconds, share in phases]
    show(shares_chart("Where the job\u2019s time went", parts))
    show_table("Phases of the job", ["Phase", "Meaning", "Time (s)", "Share (%)"], phases)
