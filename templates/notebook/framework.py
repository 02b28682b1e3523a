FRAMEWORK_SHARES = [
    ("phase", "Time by phase"),
    ("forward_backward", "Forward and backward pass"),
    ("ratio", "Time on CPU and GPU"),
    ("general", "Time by framework event"),
    ("horovod", "Time in Horovod"),
]


def show_framework(details, when="", crossed=False):
    """Charts of where the framework's time went: in the whole job, or in its bottlenecks or slow steps."""
    for key, title in FRAMEWORK_SHARES:
        listed = named(details.get(key)) or {}
        if key == "ratio" and crossed:
            listed = uncrossed_ratio(listed, details)
        if listed:
            show(shares_chart(f"{title} {when}".strip(), few_parts(whole_shares(listed))))
    for device in ["CPU", "GPU"]:
        show_operators(f"{device} operators {when}".strip(), device, details)


def whole_shares(listed):
    """(name, percent) pairs that add up to 100. A negative share is an error of the service and left out."""
    kept = {name: share for name, share in listed.items() if share >= 0}
    whole = total(kept.values())
    return [(name, 100 * share / whole if whole else 0) for name, share in kept.items()]


def few_parts(parts):
    """The largest parts in their order, the others summed up as one."""
    if len(parts) <= MAX_PARTS:
        return parts
    limit = sorted((share for _, share in parts), reverse=True)[MAX_PARTS - 1]
    kept = [part for part in parts if part[1] >= limit][: MAX_PARTS - 1]
    return kept + [(f"{len(parts) - len(kept):,} others", 100 - total(share for _, share in kept))]


def uncrossed_ratio(ratio, details):
    """The service crossed the names of CPU and GPU in some files: the naming that is closer to the listed operators is taken."""
    cpu = next((name for name in ratio if "cpu" in name.lower()), None)
    gpu = next((name for name in ratio if "cpu" not in name.lower()), None)
    cpu_totals, gpu_totals = named(details.get("CPU_total")), named(details.get("GPU_total"))
    if len(ratio) != 2 or None in (cpu, gpu, cpu_totals, gpu_totals):
        return ratio
    cpu_time, gpu_time = total(cpu_totals.values()), total(gpu_totals.values())
    if cpu_time + gpu_time == 0:
        return ratio
    expected = 100 * cpu_time / (cpu_time + gpu_time)
    if abs(ratio[gpu] - expected) < abs(ratio[cpu] - expected):
        return {cpu: ratio[gpu], gpu: ratio[cpu]}
    return ratio


def show_operators(title, device, details):
    listed = named(details.get(device)) or {}
    micros = named(details.get(f"{device}_total")) or {}
    operators = sorted(listed.items(), key=lambda item: -item[1])
    if not operators:
        return
    top = [{"label": name, "value": share} for name, share in operators[:20]]
    cut = f", the first 20 of {len(operators):,}" if len(operators) > 20 else ""
    show({"kind": "bars", "title": title + cut, "valueTitle": f"Share of listed {device} time", "unit": "%", "bars": top})
    rows = [[name, share, micros.get(name)] for name, share in operators]
    show_table(title, ["Operator", "Share (%)", "Cumulative time (\u00b5s)"], rows)
