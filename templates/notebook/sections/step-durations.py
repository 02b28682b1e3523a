details = load("StepOutlier").details
STATISTICS = ["mean", "max", "p99", "p95", "p50", "min"]


def step_of(value):
    """What is known of the steps of one worker."""
    if not isinstance(value, dict):
        return None
    phase = value.get("phase")
    return {
        "phase": re.sub(r"^Step:ModeKeys\.", "", visible_name(str(phase))) if isinstance(phase, (str, int, float)) else "",
        "statistics": statistics_of(*STATISTICS)(value.get("step_stats")) or {},
        "histogram": histogram_of(value),
        "stddev": number(value.get("stddev")),
        "outliers": number(value.get("number_of_outliers")),
    }


# Those with the most slow steps first.
workers = list((named(details.get("step_details"), step_of) or {}).items())
workers.sort(key=lambda item: (-(item[1]["outliers"] or 0), natural(item[0])))
if workers:
    rows = [
        [worker, s["phase"], *(s["statistics"].get(key) for key in STATISTICS), s["stddev"], s["outliers"]]
        for worker, s in workers
    ]
    columns = ["Worker", "Phase", *(f"{key} (s)" for key in [*STATISTICS, "standard deviation"]), "Slow steps"]
    show_table("Step duration by worker", columns, rows)

charts = []
for lead, (worker, step) in panels([(worker, (worker, step)) for worker, step in workers], most=12):
    if step["histogram"]:
        quantiles = [(key, step["statistics"][key]) for key in ["p50", "p95"] if is_whole(step["statistics"])]
        title = f"{lead}Duration of {step['phase']} steps"
        charts.append(histogram_chart(title, "Step duration", "s", "Steps", [(worker, *step["histogram"])], quantiles))

# The same axes for all workers, so that they can be compared.
axes = {}
if charts and len(workers) > 1:
    edges = [edge for chart in charts for edge in chart["series"][0]["edges"]]
    slow = [step["statistics"]["p95"] for _, step in workers[:12] if is_whole(step["statistics"])]
    largest = max(count for chart in charts for count in chart["series"][0]["counts"])
    axes = {"axes": {"value": [min(edges), max(edges + slow)], "largestCount": largest}}
for chart in charts:
    show({**chart, **axes})

if workers:
    show_framework(details, "in slow steps", crossed=not ran_here())
