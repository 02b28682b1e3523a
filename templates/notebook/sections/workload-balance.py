rule_file = load("LoadBalancing")
MAX_COMPARED = 512
EDGES = list(range(0, 101, 2))
gpus_by_node = workloads_by_node()
usage_of_gpus = system_usage().get("GPU", {})
above_98 = named(rule_file.details, lambda node: named(node.get("above_98")) if isinstance(node, dict) else None) or {}
several_nodes = len(job_nodes()) > 1
largest_by_gpu = by_node(load("LowGPUUtilization", quiet=True).details, numbers("gpu_max", "gpu_95", "gpu_5", *QUARTILES))


def workload(node, gpu, listed):
    """
    Histogram of one GPU. The service's 49 bins end at 98 %: the samples above are put back from the number of data points. Files made by
    profiler-report have them in the last bin, and say how many.
    """
    counts = listed[:49] + [0] * (49 - len(listed))
    told = above_98.get(node, {}).get(gpu)
    if told is None:
        missing = rule_file.datapoints - total(counts)
        counts.append(max(0, missing) if may_exceed_98(node, gpu) else 0)
    else:
        within = min(counts[48], max(0, told))
        counts[48] -= within
        counts.append(within)
    whole = total(counts)
    mean = total(count * (2 * i + 1) for i, count in enumerate(counts)) / whole if whole else 0
    weights = [count / whole for count in counts] if whole else None
    name = f"{node} {gpu}" if several_nodes else gpu
    return {"node": node, "gpu": gpu, "name": name, "counts": counts, "weights": weights, "mean": mean}


def may_exceed_98(node, gpu):
    """False where the largest value of the GPU, or of the mean over its node's GPUs, rules it out."""
    largest = largest_by_gpu.get(node, {}).get(gpu, {}).get("gpu_max", 100)
    largest_mean = usage_of_gpus.get(node, {}).get("max", 100)
    return largest > 98 and largest_mean * len(gpus_by_node[node]) > 98


def distance(a, b):
    """Jensen-Shannon distance of two histograms, natural logarithm: 0 for equal shapes, at most 0.83."""
    divergence = 0
    for p, q in zip(a["weights"], b["weights"]):
        middle = (p + q) / 2
        divergence += (p * math.log(p / middle) if p > 0 else 0) + (q * math.log(q / middle) if q > 0 else 0)
    return math.sqrt(max(0, divergence) / 2)


found = [workload(node, gpu, listed) for node, gpus in gpus_by_node.items() for gpu, listed in gpus.items()]
found.sort(key=lambda w: (natural(w["node"]), natural(w["gpu"])))
# All pairs within a node, and GPUs of the same name on different nodes.
compared = [(i, w) for i, w in enumerate(found[:MAX_COMPARED]) if w["weights"]]
distances = {(i, i): 0 for i, _ in enumerate(found)}
for i, a in compared:
    for j, b in compared:
        if i < j and (a["node"] == b["node"] or a["gpu"] == b["gpu"]):
            distances[i, j] = distances[j, i] = distance(a, b)
pairs = sorted(((apart, i, j) for (i, j), apart in distances.items() if i < j), key=lambda pair: -pair[0])

if 0 < len(found) <= 4:
    series = [(w["name"], w["counts"], EDGES) for w in found]
    show(histogram_chart("Samples by GPU utilization", "GPU utilization", "%", "Samples", series))
elif found:
    # The GPU that is farthest from all others first; rounded, so that the last digits of a logarithm decide nothing.
    away = [0] * len(found)
    for apart, i, j in pairs:
        away[i], away[j] = away[i] + apart, away[j] + apart
    order = sorted(range(len(found)), key=lambda i: -round(away[i] * 1e9))
    drawn = [found[i] for i in order[:MAX_CHART_ROWS]]
    percents = [[100 * count / total(w["counts"]) if w["weights"] else None for count in w["counts"]] for w in drawn]
    most = max([0, *(share for row in percents for share in row if share is not None)])
    chart = {"kind": "heatmap", "title": "Samples by GPU utilization", "values": percents, "range": [0, most]}
    axes = {"columnTitle": "GPU utilization (%)", "rowTitle": "GPU", "valueTitle": "Share of samples", "unit": "%"}
    show({**chart, **axes, "columns": [f"{low}\u2013{low + 2}" for low in EDGES[:-1]], "rows": [w["name"] for w in drawn]})

# A grid for each node of three GPUs or more, the most unequal first.
grids = []
for node in dict.fromkeys(w["node"] for w in found):
    gpus = [i for i, w in enumerate(found) if w["node"] == node]
    largest = max([distances[i, j] for i in gpus for j in gpus if i < j and (i, j) in distances], default=None)
    if 2 < len(gpus) <= MAX_CHART_ROWS and largest is not None:
        grids.append((largest, node, gpus))
grids.sort(key=lambda grid: (-grid[0], natural(grid[1])))
for lead, gpus in panels([(node, gpus) for _, node, gpus in grids]):
    names = [found[i]["gpu"] for i in gpus]
    chart = {"kind": "heatmap", "title": f"{lead}Distance between workloads", "range": [0, math.sqrt(math.log(2))]}
    axes = {"columnTitle": "GPU", "rowTitle": "GPU", "valueTitle": "Distance", "unit": "", "columns": names, "rows": names}
    show({**chart, **axes, "values": [[distances.get((i, j)) for j in gpus] for i in gpus]})

if pairs:
    rows = [[found[i]["name"], found[j]["name"], found[i]["mean"], found[j]["mean"], apart] for apart, i, j in pairs]
    show_table("Distance of workloads", ["GPU", "Other GPU", "Mean (%)", "Other mean (%)", "Distance"], rows)
