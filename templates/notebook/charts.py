"""Turns a chart of the report into a plotly figure: figure(chart) -> {"data": [...], "layout": {...}}.

A chart is a dict that says what is drawn (kind, labels, numbers). How it looks is written here and in the cell before: change it.
"""

import math
from datetime import datetime, timezone


def figure(chart):
    """The plotly figure of a chart, as plain lists and dicts."""
    if is_empty(chart):
        note = {"text": "No data", "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
        hidden = {"visible": False, "fixedrange": True}
        margin = {"l": 0, "r": 0, "t": 0, "b": 0}
        layout = {"height": 56, "margin": margin, "xaxis": hidden, "yaxis": hidden, "annotations": [note]}
        data = []
    else:
        at = CHART_FRAMES[chart["kind"]](chart)
        data, layout = DRAW_CHART[chart["kind"]](chart, at)
        common = {"showlegend": False, "hovermode": "closest", "dragmode": "zoom", "barmode": "overlay", "bargap": 0}
        layout = {**common, "height": at["top"] + at["plot"] + at["bottom"], **layout}
    title = {"text": plot_text(chart["title"]), "x": 0, "xanchor": "left"}
    title.update({"y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12, "l": 4}})
    margin = {**layout["margin"], "t": layout["margin"]["t"] + 40}
    return {"data": data, "layout": {**layout, "title": title, "height": layout["height"] + 40, "margin": margin}}


# One function for each kind of chart


def draw_shares(chart, at):
    data, start = [], 0
    for i, part in enumerate(chart["parts"]):
        size = max(0, part["value"])
        detail = f" · {plot_text(part['detail'])}" if "detail" in part else ""
        bar = {"type": "bar", "orientation": "h", "base": [start], "x": [size], "y": [14], "width": 28, "hoverlabel": HOVER_LABEL}
        bar |= {"marker": {"color": CHART_COLOURS[i % 6]}, "customdata": [[hover_name(part["label"]), detail, part["value"]]]}
        data.append({**bar, "hovertemplate": "%{customdata[0]}<br>%{customdata[2]:.1f} %%{customdata[1]}<extra></extra>"})
        start += size
    names = [f"{part['label']} · {part['detail']}" if "detail" in part else part["label"] for part in chart["parts"]]
    legend = {"type": "scatter", "mode": "markers+text", "cliponaxis": False, "hoverinfo": "skip"}
    legend |= {"x": [0] * len(names), "y": [42 + i * 22 + 7 for i in range(len(names))]}
    legend |= {"marker": {"color": [CHART_COLOURS[i % 6] for i in range(len(names))], "symbol": "square", "size": 10}}
    legend |= {"text": [plot_text(shorten(name, 44)) for name in names], "customdata": [part["value"] for part in chart["parts"]]}
    data.append({**legend, "texttemplate": "  %{customdata:.1f} %  %{text}", "textposition": "middle right"})
    xaxis = {"visible": False, "fixedrange": True, "range": [0, start or 1]}
    yaxis = {"visible": False, "fixedrange": True, "range": [at["plot"], 0]}
    margin = {"l": 6, "r": 6, "t": at["top"], "b": at["bottom"]}
    return data, {"margin": margin, "xaxis": xaxis, "yaxis": yaxis, "dragmode": False}


def draw_bars(chart, at):
    values, labels = [bar["value"] for bar in chart["bars"]], [bar["label"] for bar in chart["bars"]]
    format_ = value_format(values, chart["unit"])
    suffix = unit_suffix(chart["unit"], format_)
    trace = {"type": "bar", "orientation": "h", "x": values, "y": middles(at, values), "width": at["rows"]["size"]}
    trace |= {"marker": {"color": CHART_ACCENT}, "textposition": "outside", "cliponaxis": False, "hoverlabel": HOVER_LABEL}
    trace |= {"texttemplate": f"%{{x:{format_}}}{plot_text(suffix)}"}
    trace |= {"customdata": [[hover_name(label), value] for label, value in zip(labels, values)]}
    trace |= {"hovertemplate": hover_lines([chart["valueTitle"]], format_, suffix)}
    xaxis = {"title": axis_title(title_with_unit(chart["valueTitle"], chart["unit"])), "range": at["domain"], "fixedrange": True}
    xaxis |= {"showgrid": False, "showline": False, "showticklabels": False}
    margin = margins(at, min(110, (8 + text_units(suffix)) * CHARACTER_PX))
    layout = {"margin": margin, "xaxis": xaxis, "yaxis": row_axis(at, labels)}
    return [trace], {**layout, "annotations": labels_above(at, labels), "dragmode": False}


def draw_boxes(chart, at):
    column = lambda key: [box[key] for box in chart["boxes"]]
    y = middles(at, chart["boxes"])
    box = {"type": "box", "orientation": "h", "y": y, "q1": column("p25"), "median": column("p50"), "q3": column("p75")}
    box |= {"lowerfence": column("lower"), "upperfence": column("upper"), "width": at["rows"]["size"], "whiskerwidth": 0.4}
    box |= {"line": {"color": CHART_ACCENT, "width": 1.5}, "fillcolor": accent_over(0.28), "hoverinfo": "skip"}
    names = {"lower whisker": "lower", "p25": "p25", "median": "p50", "p75": "p75", "p95": "p95", "upper whisker": "upper"}
    key = "Box: middle half · line: median · dot: p95"
    return rows_figure(chart, at, [box, dot_trace(column("p95"), y)], key, chart["boxes"], names)


def draw_ranges(chart, at):
    column = lambda key: [row[key] for row in chart["rows"]]
    y = middles(at, chart["rows"])

    def span(low, high, width):
        lengths = [end - start for start, end in zip(column(low), column(high))]
        place = {"type": "bar", "orientation": "h", "base": column(low), "x": lengths, "y": y}
        return {**place, "width": width, "marker": {"color": CHART_ACCENT}, "hoverinfo": "skip"}

    data = [span("min", "max", 1.5), span("p50", "p95", at["rows"]["size"] * 0.66), dot_trace(column("p99"), y)]
    names = {key: key for key in ("min", "p50", "p95", "p99", "max")}
    return rows_figure(chart, at, data, "Line: min to max · bar: p50 to p95 · dot: p99", chart["rows"], names)


def rows_figure(chart, at, drawn, key, items, names):
    """Rows over one axis; an unseen bar as long as the plot tells the numbers wherever the pointer is in the row."""
    low, high = at["domain"]
    labels = [item["label"] for item in items]
    format_ = value_format(at["domain"], chart["unit"])
    hover = {"type": "bar", "orientation": "h", "base": low, "x": [high - low] * len(items), "y": middles(at, items)}
    hover |= {"width": at["rows"]["pitch"], "marker": UNSEEN, "hoverlabel": HOVER_LABEL}
    hover |= {"customdata": [[hover_name(item["label"]), *(item[name] for name in names.values())] for item in items]}
    hover |= {"hovertemplate": hover_lines(names, format_, unit_suffix(chart["unit"], format_))}
    shapes, annotations = mark_lines(at)
    place = {"x": 0, "xanchor": "left", "xshift": -at["rows"]["gutter"], "y": 1, "yanchor": "bottom", "yshift": at["top"] - 18}
    xaxis = {**value_axis(title_with_unit(chart["valueTitle"], chart["unit"]), at["domain"]), "fixedrange": True}
    layout = {"margin": margins(at, 12), "xaxis": xaxis, "yaxis": row_axis(at, labels), "shapes": shapes, "dragmode": False}
    return [*drawn, hover], {**layout, "annotations": annotations + labels_above(at, labels) + [{**small_note(key), **place}]}


def dot_trace(x, y):
    marker = {"color": CHART_ACCENT, "size": 7}
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker, "cliponaxis": False, "hoverinfo": "skip"}


def draw_histogram(chart, at):
    strips = [(series["label"], series["edges"], series["counts"]) for series in chart["series"]]
    format_ = value_format(at["domain"], chart["unit"])
    unit = plot_text(unit_suffix(chart["unit"], format_))
    hover = f"<br>%{{customdata[0]:{format_}}} to %{{customdata[1]:{format_}}}{unit}"
    hover += f"<br>{plot_text(chart['countTitle'])} %{{customdata[2]:,}}<extra></extra>"
    axis = value_axis(title_with_unit(chart["valueTitle"], chart["unit"]), at["domain"])
    return strips_figure(at, strips, hover, axis, chart["countTitle"], 1)


def draw_timeline(chart, at):
    strips = [(series["label"], chart["edgesSeconds"], series["values"]) for series in chart["series"]]
    low, high = at["domain"]
    dates = low >= 0 and high <= 253402300799  # up to the year 9999
    factor = 1000 if dates else 1  # plotly takes dates in milliseconds and shows them in UTC
    axis = value_axis("time (UTC)" if dates else "time (s)", [low * factor, high * factor])
    if dates:
        axis["type"] = "date"
    format_ = "" if dates else ":,.0f"
    count = f"{plot_text(chart['valueTitle'])} %{{customdata[2]:,}}{plot_text(unit_suffix(chart['unit'], ''))}"
    hover = f"<br>%{{customdata[0]{format_}}} to %{{customdata[1]{format_}}}<br>{count}<extra></extra>"
    return strips_figure(at, strips, hover, axis, title_with_unit(chart["valueTitle"], chart["unit"]), factor, second_text if dates else None)


def second_text(seconds):
    return datetime.fromtimestamp(math.floor(seconds), timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def strips_figure(at, strips, hover, axis, count_title, factor, bound=None):
    """One bar trace and one vertical axis per strip; all axes have the same range."""
    rows, plot, several = at["rows"], at["plot"], len(strips) > 1
    largest = max((value for _, _, values in strips for value in values), default=0) or 1
    data, layout = [], {"margin": {"l": 44, "r": 14, "t": at["top"], "b": at["bottom"]}}
    for i, (label, edges, values) in enumerate(strips):
        name = "" if i == 0 else str(i + 1)
        bounds = [list(ends) for ends in list(zip(edges, edges[1:]))[: len(values)]]
        bins = {"type": "bar", "x": [low * factor for low, _ in bounds], "offset": 0, "yaxis": "y" + name}
        bins |= {"width": [(high - low) * factor for low, high in bounds]}
        drawn = {"y": values[: len(bounds)], "marker": {"color": CHART_ACCENT, "line": {"width": 0}}, "hoverinfo": "skip"}
        # A bin of few is a pixel high: an unseen bar as high as the strip tells its number.
        told = [[*(map(bound, ends) if bound else ends), value] for ends, value in zip(bounds, values)]
        hovered = {"y": [largest] * len(bounds), "marker": UNSEEN, "hoverlabel": HOVER_LABEL, "customdata": told}
        hovered |= {"hovertemplate": hover_name(label) + hover if several else hover.removeprefix("<br>")}
        data += [{**bins, **drawn}, {**bins, **hovered}]
        foot = i * rows["pitch"] + rows["middle"] + rows["size"] / 2
        yaxis = {"domain": [max(0, 1 - foot / plot), 1 - (foot - rows["size"]) / plot], "range": [0, largest], "fixedrange": True}
        layout["yaxis" + name] = {**yaxis, "nticks": 3, "rangemode": "tozero", "exponentformat": "SI"}
    shapes, annotations = mark_lines(at, factor)
    titles = labels_above(at, [label for label, _, _ in strips], 32) if several else []
    place = {"x": 1, "xanchor": "right", "y": 1 - (rows["middle"] - rows["size"] / 2) / plot, "yanchor": "bottom"}
    unit = {**small_note(plot_text(count_title)), **place}
    layout["xaxis"] = {**axis, "anchor": f"y{len(strips)}" if several else "y"}
    return data, {**layout, "shapes": shapes, "annotations": annotations + titles + [unit]}


def draw_heatmap(chart, at):
    low, high = at["domain"]
    gutter = at["rows"]["gutter"]
    format_ = value_format(at["domain"], chart["unit"])
    unit = plot_text(unit_suffix(chart["unit"], format_))
    cell = (NARROWEST_PX - gutter) / len(chart["columns"])
    columns = [shorten(label, 14) for label in chart["columns"]]
    step = max(1, math.ceil((max(map(text_units, columns)) * CHARACTER_PX + 4) / cell))
    colorbar = {"orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "ypad": 6, "len": 0.5, "thickness": 8}
    colorbar |= {"outlinewidth": 0, "tickvals": [low, high], "tickformat": format_, "ticksuffix": unit}
    trace = {"type": "heatmap", "z": chart["values"], "zmin": low, "zmax": high, "hoverongaps": False, "hoverlabel": HOVER_LABEL}
    trace |= {"colorscale": [[0, accent_over(0.08)], [1, accent_over(1)]], "colorbar": colorbar}
    names = [[hover_name(name, 60) for name in chart[key]] for key in ("rows", "columns")]
    trace |= {"customdata": [[f"{row}<br>{column}" for column in names[1]] for row in names[0]]}
    trace |= {"hovertemplate": f"%{{customdata}}<br>{plot_text(chart['valueTitle'])} %{{z:{format_}}}{unit}<extra></extra>"}
    quiet = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    xaxis = {**quiet, "side": "top", "range": [-0.5, len(columns) - 0.5], "title": axis_title(f"{chart['columnTitle']} →")}
    xaxis |= {"tickvals": list(range(0, len(columns), step)), "ticktext": list(map(plot_text, columns[::step])), "tickangle": 0}
    yaxis = {**quiet, "range": [len(chart["rows"]) - 0.5, -0.5], "ticklabelstandoff": 4}
    yaxis["tickvals"] = list(range(len(chart["rows"])))
    yaxis["ticktext"] = [plot_text(shorten(label, 14)) for label in chart["rows"]]
    place = {"x": 0, "xanchor": "left", "xshift": -gutter, "y": 1, "yanchor": "bottom", "yshift": 20}
    row_title = {**small_note(plot_text(f"{chart['rowTitle']} ↓")), **place}
    place = {"x": 0.52, "xanchor": "left", "y": 0, "yanchor": "top", "yshift": -2}
    value_title = {**small_note(plot_text(chart["valueTitle"])), **place}
    layout = {"margin": {"l": gutter, "r": 4, "t": at["top"], "b": at["bottom"]}, "xaxis": xaxis, "yaxis": yaxis}
    numbers = cell_texts(chart, at, format_) if cell >= 32 else []
    return [trace, *numbers], {**layout, "annotations": [row_title, value_title], "dragmode": False}


def cell_texts(chart, at, format_):
    """The numbers in the cells: on weak colours in the colour of the page's text, on strong ones in white."""
    low, high = at["domain"]
    limit = low + (high - low) * 0.68
    cells = [(x, y, value) for y, row in enumerate(chart["values"]) for x, value in enumerate(row) if value is not None]

    def texts(chosen, font):
        trace = {"type": "scatter", "mode": "text", "x": [x for x, _, _ in chosen], "y": [y for _, y, _ in chosen]}
        trace |= {"customdata": [value for _, _, value in chosen], "texttemplate": f"%{{customdata:{format_}}}"}
        return {**trace, "textfont": font, "hoverinfo": "skip"}

    weak = texts([cell for cell in cells if cell[2] < limit], SMALL_FONT)
    return [weak, texts([cell for cell in cells if cell[2] >= limit], {**SMALL_FONT, "color": "#fff"})]


def accent_over(opacity):
    """The accent over whatever lies below: low values stay near the page's background, light or dark."""
    red, green, blue = (int(CHART_ACCENT[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


DRAW_CHART = {"shares": draw_shares, "bars": draw_bars, "boxes": draw_boxes, "ranges": draw_ranges}
DRAW_CHART |= {"histogram": draw_histogram, "timeline": draw_timeline, "heatmap": draw_heatmap}
