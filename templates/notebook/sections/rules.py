rows = []
for rule in RULES:
    file = load(rule, quiet=True)
    settings = ", ".join(f"{visible_name(name)} {visible_name(value)}" for name, value in file.parameters.items())
    numbers_of_rule = [file.triggered, file.violations, file.datapoints] if file.found else [None, None, None]
    rows.append([rule, file.status, *numbers_of_rule, settings])
show_table("The rules\u2019 own counts", ["Rule", "File", "Triggered", "Violations", "Data points", "Parameters"], rows)
