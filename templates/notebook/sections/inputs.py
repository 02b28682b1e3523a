rows = []
for rule in RULES:
    file = load(rule, quiet=True)
    rows.append([f"{rule}.json", file.status, file.size, file.remark])
show_table("Files", ["File", "Status", "Size (bytes)", "Remark"], rows)
