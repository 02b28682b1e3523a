by_gpu = by_node(load("GPUMemoryIncrease").details, numbers("increase", "gpu_max", "p05", *QUARTILES))


def peak(gpus):
    return max([0, *(values["gpu_max"] for values in gpus.values())])


# The fullest node first.
nodes = [node for node, gpus in by_gpu.items() if gpus]
nodes.sort(key=lambda node: (-peak(by_gpu[node]), natural(node)))
rows = []
for lead, node in panels([(node, node) for node in nodes]):
    gpus = sorted(by_gpu[node].items(), key=lambda item: natural(item[0]))
    show(box_chart(f"{lead}GPU memory utilization", "GPU memory utilization", gpus))
    rows += [[node, gpu, *(v[key] for key in ["increase", "p05", "p25", "p50", "p75", "p95", "gpu_max"])] for gpu, v in gpus]
if rows:
    columns = ["Last rise (points)", *(f"{name} (%)" for name in ["p5", "p25", "p50", "p75", "p95", "max"])]
    show_table("GPU memory utilization", ["Node", "GPU", *columns], rows)
