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

for lead, (worker, step) in panels([(worker, (worker, step)) for worker, step in workers], most=12):
    if step["histogram"]:
        quantiles = [(key, step["statistics"][key]) for key in ["p50", "p95"] if is_whole(step["statistics"])]
        title = f"{lead}Duration of {step['phase']} steps"
        show(histogram_chart(title, "Step duration", "s", "Steps", [(worker, *step["histogram"])], quantiles))

if workers:
    show_framework(details, "in slow steps", crossed=True)
