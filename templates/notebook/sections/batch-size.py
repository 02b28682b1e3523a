by_resource = by_node(load("BatchSize").details, numbers(*QUARTILES))

own_whiskers = ran_here()


def resource(key, quartiles):
    """Label and quartiles. The service's whiskers of GPU memory are those of the GPU: they are made from the quartiles here."""
    if not key.endswith("_memory"):
        return ("CPU" if key == "cpu" else key, quartiles)
    if own_whiskers:
        return (f"{key[:-7]} memory", quartiles)
    reach = 1.5 * (quartiles["p75"] - quartiles["p25"])
    whiskers = {"upper": min(100, quartiles["p75"] + reach), "lower": max(0, quartiles["p25"] - reach)}
    return (f"{key[:-7]} memory", {**quartiles, **whiskers})


rows = []
nodes = sorted((node for node, found in by_resource.items() if found), key=natural)
for lead, node in panels([(node, node) for node in nodes]):
    resources = sorted((resource(*item) for item in by_resource[node].items()), key=lambda item: natural(item[0]))
    show(box_chart(f"{lead}Utilization of CPU, GPU and GPU memory", "Utilization", resources))
    rows += [[node, label, *(quartiles[key] for key in ["p25", "p50", "p75", "p95"])] for label, quartiles in resources]
if rows:
    columns = ["Node", "Resource", *(f"{key} (%)" for key in ["p25", "p50", "p75", "p95"])]
    show_table("Utilization of CPU, GPU and GPU memory", columns, rows)
