timing = load("MaxInitializationTime")
start, end = job_span()
first_step, last_step = step_span()

if None not in (start, end, first_step, last_step):
    finish = max(end, last_step)
    whole = finish - start
    initialization = max(0, first_step - start)
    finalization = max(0, finish - max(last_step, first_step))
    training = whole - initialization - finalization
    facts = [("Sampled for", duration_text(whole)), ("Training loop", duration_text(training))]
    show_facts([*facts, ("Step events", decimal_text(timing.datapoints))])
    phases = [
        ("Initialization", "first sample to first step", initialization),
        ("Training loop", "first to last step", training),
        ("Finalization", "last step to last sample", finalization),
    ]
    phases = [(name, meaning, seconds, 100 * seconds / whole if whole > 0 else 0) for name, meaning, seconds in phases]
    parts = [(name, share, duration_text(seconds)) for name, meaning, seconds, share in phases]
    show(shares_chart("Where the job\u2019s time went", parts))
    show_table("Phases of the job", ["Phase", "Meaning", "Time (s)", "Share (%)"], phases)
elif None not in (start, end):
    show_facts([("Sampled for", duration_text(end - start))])
