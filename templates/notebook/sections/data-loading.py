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
rows = [[name, value if isinstance(value, str) else decimal_text(value)] for name, value in rows if value is not None]
if rows:
    show_facts(rows)

loading = details.get("dataloading_time")
loading_histogram = histogram_of(loading)
if loading_histogram:
    counts, edges = loading_histogram
    quantiles = [(key, number(loading.get(key))) for key in ["p25", "p50", "p95"]]
    quantiles = [(key, value) for key, value in quantiles if value is not None]
    show(histogram_chart("Time to load", "Loading time", "s", "Events", [("Loading", counts, edges)], quantiles))
