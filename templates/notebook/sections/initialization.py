load("MaxInitializationTime")
start, end = job_span()
first_step, last_step = step_span()
if first_step is not None:
    moments = [("First sample", start), ("First step", first_step), ("Last step", last_step)]
    rows = [[name, utc_text(seconds)] for name, seconds in moments if seconds is not None]
    if start is not None and first_step >= start:
        rows.append(["First sample to first step", duration_text(first_step - start)])
    show_facts(rows)
