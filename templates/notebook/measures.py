QUARTILES = ["p25", "p50", "p75", "p95", "upper", "lower"]


def job_span():
    """First and last sample, seconds since the epoch; None where not known."""
    details = load("MaxInitializationTime", quiet=True).details
    return number(details.get("job_start")), number(details.get("job_end"))


def step_span():
    """First and last step, seconds since the epoch; None where not known."""
    steps = load("MaxInitializationTime", quiet=True).details.get("step_num")
    micros = [number(steps.get(key)) for key in ("first", "last")] if isinstance(steps, dict) else [None, None]
    return [None if value is None else value / 1e6 for value in micros]


def workloads_by_node():
    """Node to GPU to counts of samples in bins of 2 %, as the file has them."""
    details = load("LoadBalancing", quiet=True).details
    return named(details, lambda node: named(node.get("workloads", {}), number_list) or {} if isinstance(node, dict) else None)


def system_usage():
    """Metric, such as GPU, to node to statistics."""
    details = load("OverallSystemUsage", quiet=True).details
    return by_node(details, statistics_of(*SPREAD))


def job_nodes():
    used = [node for nodes in system_usage().values() for node in nodes]
    files = ["LowGPUUtilization", "GPUMemoryIncrease", "BatchSize"]
    listed = [node for rule in files for node in named(load(rule, quiet=True).details, lambda node: node) or {}]
    return sorted({*used, *workloads_by_node(), *listed}, key=natural)


def gpu_count():
    """Number of GPUs; None where no file tells."""
    counted = sum(len(gpus) for gpus in workloads_by_node().values())
    if counted > 0:
        return counted
    usage = system_usage().get("GPU")
    low = load("LowGPUUtilization", quiet=True)
    none = len(usage) == 0 if usage is not None else low.found and low.datapoints == 0
    return 0 if none else None


MAX_PANELS = 64  # charts of one kind
MAX_CHART_ROWS = 128  # boxes or bars in one chart
MAX_PARTS = 24  # of one bar
MAX_BINS = 500


def panels(items, most=MAX_PANELS):
    """For (title, item) pairs: how the title of the item's chart begins, and the item. A single item needs no name."""
    if len(items) > most:
        print(f"Drawn are the first {most} of {len(items):,}, worst first.")
    for title, item in items[:most]:
        yield (f"{title}: " if len(items) > 1 else ""), item


def box_chart(title, value_title, rows, **more):
    """Quartile boxes of percentages; rows are (label, quartiles)."""
    keys = ["lower", "p25", "p50", "p75", "p95", "upper"]
    items = [{"label": label, **{key: quartiles[key] for key in keys}} for label, quartiles in rows[:MAX_CHART_ROWS]]
    chart = {"kind": "boxes", "title": title, "valueTitle": value_title, "unit": "%", "range": [0, 100]}
    return {**chart, "boxes": items, **more}


def shares_chart(title, parts):
    """Parts of a whole; parts are (label, percent) or (label, percent, detail)."""
    keys = ["label", "value", "detail"]
    return {"kind": "shares", "title": title, "parts": [dict(zip(keys, part)) for part in parts]}


def histogram_chart(title, value_title, unit, count_title, series, marks_shown=()):
    """Histograms over one axis; series are (label, counts, edges). Neighbouring bins are merged until they can be drawn."""
    drawn = []
    for label, counts, edges in series:
        merged = max(1, math.ceil(len(counts) / MAX_BINS))
        starts = range(0, len(counts), merged)
        sums = [total(counts[start : start + merged]) for start in starts]
        drawn.append({"label": label, "edges": [edges[start] for start in starts] + [edges[-1]], "counts": sums})
    marks_shown = [{"label": label, "value": value} for label, value in marks_shown]
    chart = {"kind": "histogram", "title": title, "valueTitle": value_title, "unit": unit, "countTitle": count_title}
    return {**chart, "series": drawn, "marks": marks_shown}
