rule_file = load("Dataloader")
details = rule_file.details if rule_file.datapoints else {}
FLAGS = {"true": "yes", "1": "yes", "false": "no", "0": "no"}

rows = [
    ["Worker processes", number(details.get("num_workers"))],
    ["Loaders seen at a time", number(details.get("dataloaders"))],
    ["CPU cores", number(details.get("cores"))],
    ["Pinned memory", FLAGS.get(str(details.get("pin_memory")).lower())],
    ["Prefetching", FLAGS.get(str(details.get("prefetch")).lower())],
]
rows = [[name, value if isinstance(value, str) else decimal_text(value), ""] for name, value in rows if value is not None]
if rows:
    show_facts(rows)

loading = details.get("dataloading_time")
loading_histogram = histogram_of(loading)
if loading_histogram:
    counts, edges = loading_histogram
    quantiles = [(key, number(loading.get(key))) for key in ["p25", "p50", "p95"]]
    chart = {"kind": "histogram", "id": "data-loading-times", "title": "Time to load"}
    axes = {"valueTitle": "Loading time", "unit": "s", "countTitle": "Events"}
    series = [{"label": "Loading", "edges": edges, "counts": counts}]
    show({**chart, **axes, "series": series, "marks": [{"label": k, "value": v} for k, v in quantiles if v is not None]})
