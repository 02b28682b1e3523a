rule_file = load("LowGPUUtilization")
by_gpu = by_node(rule_file.details, numbers("gpu_max", "gpu_95", "gpu_5", *QUARTILES))
limit = {"label": "p95 limit", "value": parameter(rule_file, "threshold_p95", 70)}


def mean_median(gpus):
    return total(values["p50"] for values in gpus.values()) / len(gpus)


# The least used node first.
nodes = [node for node, gpus in by_gpu.items() if gpus]
nodes.sort(key=lambda node: (mean_median(by_gpu[node]), natural(node)))
rows = []
for lead, node in panels([(node, node) for node in nodes]):
    gpus = sorted(by_gpu[node].items(), key=lambda item: natural(item[0]))
    show(box_chart(f"{lead}GPU utilization", "GPU utilization", gpus, threshold=limit))
    rows += [[node, gpu, *(v[key] for key in ["gpu_5", "gpu_95", "p25", "p50", "p75", "p95", "gpu_max"])] for gpu, v in gpus]
if rows:
    columns = ["p5 of last window", "p95 of last window", "p25", "p50", "p75", "p95", "max"]
    show_table("GPU utilization", ["Node", "GPU", *(f"{name} (%)" for name in columns)], rows)
