def show_bottlenecks(rule, cause):
    """What the GPUs did, when the bottlenecks were, and where the framework's time went in them."""
    file = load(rule)
    if file.datapoints == 0 or gpu_count() == 0:
        return
    moments = max(file.datapoints, file.violations)
    low = min(moments, max(number(file.details.get("low_gpu_utilization")) or 0, file.violations))
    parts = [
        (f"GPU idle, {cause}", 100 * file.violations / moments, moments_text(file.violations)),
        ("GPU idle, other reasons", 100 * (low - file.violations) / moments),
        ("No GPU idle", 100 * (moments - low) / moments),
    ]
    show(shares_chart("What the GPUs did", parts))
    times = bottleneck_times(file.details)
    if times:
        show(bottleneck_timeline(times))
    show_framework(file.details, "during bottlenecks", crossed=not ran_here())


def moments_text(count):
    return f"{decimal_text(count, 0)} moment{'' if count == 1 else 's'}"


def bottleneck_times(details):
    """Seconds since the epoch, in the order of the file."""
    listed = details.get("bottlenecks")
    entries = listed.items() if isinstance(listed, dict) else []
    whole = [number(key) for key, entry in entries if is_bottleneck(entry)]
    start, end = (-math.inf if edge is None else edge for edge in job_span())
    end = math.inf if end == -math.inf else end
    hour = 3600  # what lies farther outside of the job is not of this job
    return [seconds for seconds in whole if seconds is not None and start - hour <= seconds <= end + hour]


def is_bottleneck(entry):
    counts = [entry.get("GPUs"), entry.get("CPUs")] if isinstance(entry, dict) else [None]
    return all(number(count) is not None and not isinstance(count, str) for count in counts)


def bottleneck_timeline(times, bins=120):
    """Counts of moments in equal bins over the job."""
    start, end = job_span()
    first, last = min(times), max(times)
    low, high = min(first if start is None else start, first), max(last if end is None else end, last)
    high = low + 1 if high <= low else high
    width = (high - low) / bins
    counts = [0] * bins
    for seconds in times:
        counts[min(bins - 1, math.floor((seconds - low) / width))] += 1
    known = [(label, value) for label, value in zip(["first step", "last step"], step_span()) if value is not None]
    steps = [{"label": label, "value": value} for label, value in known]
    chart = {"kind": "timeline", "title": "When the bottlenecks were", "valueTitle": "Bottleneck moments", "unit": ""}
    series = [{"label": "Bottlenecks", "values": counts}]
    return {**chart, "edgesSeconds": [low + i * width for i in range(bins + 1)], "series": series, "marks": steps}
