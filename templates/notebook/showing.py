MAX_ROWS = 200  # a longer table shows its first and last rows

# By itself plotly offers to upload a chart to its maker's cloud.
PLOTLY_CONFIG = {"showSendToCloud": False, "plotlyServerURL": "", "displaylogo": False}

tables = {}  # every table shown, whole, by its title


def show(chart):
    """Shows a chart: as a figure where plotly can draw it, as a table of its numbers everywhere else."""
    columns, rows = chart_numbers(chart)
    put(chart["title"], pd.DataFrame(rows, columns=columns), {"application/vnd.plotly.v1+json": {**figure(chart), "config": PLOTLY_CONFIG}})


def show_table(title, columns, rows):
    put(title, pd.DataFrame(rows, columns=columns), {})


def show_facts(rows):
    """Each a name, a value and, where there is more to say, a remark."""
    width = max(map(len, rows), default=2)
    show_table("Key figures", ["Fact", "Value", "Remark"][:width], [[*row, ""][:width] for row in rows])


def put(title, table, more):
    tables[title] = table
    title = title if len(table) <= MAX_ROWS else f"{title} (first and last of {len(table):,} rows)"
    shown = table if len(table) <= MAX_ROWS else pd.concat([table[: MAX_ROWS // 2], table[-MAX_ROWS // 2 :]])
    html = f"<h4>{escape(title)}</h4>\n{html_table(shown)}"
    with pd.option_context("display.max_colwidth", None):
        text = shown.to_string(index=False, na_rep="\u2013", float_format=plain_number)
    display({**more, "text/html": html, "text/plain": f"{title}\n{text}"}, raw=True)


def html_table(table):
    """Numbers to the right, text to the left."""
    left = [not pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes]
    lines = [html_row("th", table.columns, left)]
    lines += [html_row("td", row, left) for row in table.itertuples(index=False, name=None)]
    return "<table>" + "\n".join(lines) + "</table>"


def html_row(tag, cells, left):
    aligned = [f'<{tag} style="text-align: {"left" if text else "right"}">' for text in left]
    return "<tr>" + "".join(f"{start}{escape(cell_text(cell))}</{tag}>" for start, cell in zip(aligned, cells)) + "</tr>"


def cell_text(cell):
    if isinstance(cell, str):
        return cell
    return "\u2013" if pd.isna(cell) else plain_number(cell)


def plain_number(value):
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"


def chart_numbers(chart):
    """Columns and rows of the table behind a chart; empty bins are left out."""
    unit = f" ({chart['unit']})" if chart.get("unit") else ""
    kind = chart["kind"]
    if kind in ("series", "grid", "points", "activity", "flame"):
        return time_numbers(chart)
    if kind == "shares":
        keys = ["label", "value", "detail"] if any("detail" in part for part in chart["parts"]) else ["label", "value"]
        return ["Part", "Share (%)", "Detail"][: len(keys)], [[part.get(key, "") for key in keys] for part in chart["parts"]]
    if kind == "bars":
        return ["Name", chart["valueTitle"] + unit], [[bar["label"], bar["value"]] for bar in chart["bars"]]
    if kind == "boxes":
        keys = ["lower", "p25", "p50", "p75", "p95", "upper"]
        return ["Name"] + [key + unit for key in keys], [[box[key] for key in ["label"] + keys] for box in chart["boxes"]]
    if kind == "ranges":
        keys = ["min", "p50", "p95", "p99", "max"]
        return ["Name"] + [key + unit for key in keys], [[row[key] for key in ["label"] + keys] for row in chart["rows"]]
    if kind == "heatmap":
        columns = [f"{chart['valueTitle']}{unit}, {chart['rowTitle']} \u00d7 {chart['columnTitle']}"] + chart["columns"]
        return columns, [[label] + values for label, values in zip(chart["rows"], chart["values"])]
    if kind == "timeline":
        labels = [series["label"] for series in chart["series"]]
        bins = zip(chart["edgesSeconds"], *(series["values"] for series in chart["series"]))
        return ["From"] + labels, [[utc_text(edge)] + values for edge, *values in bins if any(values)]
    columns = ["Name", "From" + unit, "To" + unit, chart["countTitle"]]
    bins = ((s["label"], *bin) for s in chart["series"] for bin in zip(s["edges"], s["edges"][1:], s["counts"]))
    return columns, [list(bin) for bin in bins if bin[-1] != 0]
