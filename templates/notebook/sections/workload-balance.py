rule_file = load("LoadBalancing")
EDGES = list(range(0, 101, 2))
several_nodes = len(job_nodes()) > 1


def workload(node, gpu, listed):
    """Histogram of one GPU. The file's 49 bins end at 98 %: the samples above are put back from the number of data points."""
    counts = listed[:49] + [0] * (49 - len(listed))
    counts.append(max(0, rule_file.datapoints - total(counts)))
    whole = total(counts)
    mean = total(count * (2 * i + 1) for i, count in enumerate(counts)) / whole if whole else 0
    return {"node": node, "gpu": gpu, "name": f"{node} {gpu}" if several_nodes else gpu, "counts": counts, "mean": mean}


def distance(a, b):
    """Jensen-Shannon distance of two histograms, natural logarithm: 0 for equal shapes, at most 0.83; None where one is empty."""
    whole_a, whole_b = total(a["counts"]), total(b["counts"])
    if not whole_a or not whole_b:
        return None
    divergence = 0
    for count_a, count_b in zip(a["counts"], b["counts"]):
        p, q = count_a / whole_a, count_b / whole_b
        middle = (p + q) / 2
        divergence += (p * math.log(p / middle) if p > 0 else 0) + (q * math.log(q / middle) if q > 0 else 0)
    return math.sqrt(max(0, divergence) / 2)


found = [workload(node, gpu, listed) for node, gpus in workloads_by_node().items() for gpu, listed in gpus.items()]
found.sort(key=lambda w: (natural(w["node"]), natural(w["gpu"])))
histogram_title = {"id": "workload-histogram", "title": "Samples by GPU utilization"}
if 0 < len(found) <= 4:
    series = [{"label": w["name"], "edges": EDGES, "counts": w["counts"]} for w in found]
    axes = {"valueTitle": "GPU utilization", "unit": "%", "countTitle": "Samples"}
    show({"kind": "histogram", **histogram_title, **axes, "series": series, "marks": []})
elif found:
    percents = [[100 * count / total(w["counts"]) if total(w["counts"]) else None for count in w["counts"]] for w in found]
    most = max([0, *(share for row in percents for share in row if share is not None)])
    names = {"columns": [f"{low}\u2013{low + 2}" for low in EDGES[:-1]], "rows": [w["name"] for w in found]}
    axes = {"columnTitle": "GPU utilization (%)", "rowTitle": "GPU", "valueTitle": "Share of samples", "unit": "%"}
    show({"kind": "heatmap", **histogram_title, **axes, **names, "values": percents, "range": [0, most]})

# All pairs within a node, and GPUs of the same name on different nodes, the most unequal first.
pairs = [(distance(a, b), a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a["node"] == b["node"] or a["gpu"] == b["gpu"]]
pairs = sorted((pair for pair in pairs if pair[0] is not None), key=lambda pair: -pair[0])

# A grid for each node of three GPUs or more.
grids = []
for node in dict.fromkeys(w["node"] for w in found):
    within = [apart for apart, a, b in pairs if a["node"] == b["node"] == node]
    gpus = [w for w in found if w["node"] == node]
    if within and len(gpus) > 2:
        grids.append((within[0], node, gpus))
grids.sort(key=lambda grid: (-grid[0], natural(grid[1])))
for suffix, lead, gpus in panels([(node, gpus) for _, node, gpus in grids]):
    names = [w["gpu"] for w in gpus]
    values = [[0 if a is b else distance(a, b) for b in gpus] for a in gpus]
    chart = {"kind": "heatmap", "id": f"workload-distances{suffix}", "title": f"{lead}Distance between workloads"}
    axes = {"columnTitle": "GPU", "rowTitle": "GPU", "valueTitle": "Distance", "unit": "", "columns": names, "rows": names}
    show({**chart, **axes, "values": values, "range": [0, math.sqrt(math.log(2))]})

if pairs:
    rows = [[a["name"], b["name"], a["mean"], b["mean"], apart] for apart, a, b in pairs]
    show_table("Distance of workloads", ["GPU", "Other GPU", "Mean (%)", "Other mean (%)", "Distance"], rows)
