METRICS = ["GPU", "GPU memory", "CPU", "I/O", "CPU memory", "Network"]

load("OverallSystemUsage")
usage = [
    (node, metric, statistics)
    for metric, by_metric in system_usage().items()
    for node, statistics in by_metric.items()
]
usage.sort(key=lambda row: (natural(row[0]), METRICS.index(row[1]) if row[1] in METRICS else -1))


def load_of(node):
    """Median of the GPUs, or of the cores where there are none."""
    found = {metric: statistics for name, metric, statistics in usage if name == node}
    return found.get("GPU", found.get("CPU", {})).get("p50", 0)


def metric_label(metric):
    return "I/O wait" if metric == "I/O" else metric


nodes = sorted(dict.fromkeys(node for node, metric, statistics in usage), key=lambda node: (load_of(node), natural(node)))
for lead, node in panels([(node, node) for node in nodes]):
    spreads = [(metric, s) for name, metric, s in usage if name == node and metric != "Network" and is_whole(s)]
    rows = [{"label": metric_label(metric), **s} for metric, s in spreads]
    chart = {"kind": "ranges", "title": f"{lead}Spread of utilization"}
    show({**chart, "valueTitle": "Utilization", "unit": "%", "range": [0, 100], "rows": rows})

if usage:
    rows = [
        [node, metric_label(metric), "bytes/s" if metric == "Network" else "%", *(statistics.get(key) for key in SPREAD)]
        for node, metric, statistics in usage
    ]
    show_table("Utilization by node and metric", ["Node", "Metric", "Unit", *SPREAD], rows)
