"""Turns a chart of the report into a plotly figure: figure(chart) -> {"data": [...], "layout": {...}}.

A chart is a dict that says what is drawn (kind, labels, numbers). How it looks is written here and in the cell before: change it.
"""

import math
from decimal import ROUND_HALF_UP, Decimal


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
    parts, spans, length = chart["parts"], [], 0
    for i, part in enumerate(parts):  # the smallest part is still seen on a phone
        size = max(part["value"], 0.5) if part["value"] > 0 else 0
        spans.append((i, part, length, size))
        length += size
    data = []
    for i, part, start, size in sorted(spans, key=lambda span: span[3] < 2):  # thin parts lie over their neighbours
        detail = f" · {plot_text(part['detail'])}" if "detail" in part else ""
        bar = {"type": "bar", "orientation": "h", "base": [start], "x": [size], "y": [14], "width": 28, "hoverlabel": HOVER_LABEL}
        bar |= {"marker": {"color": CHART_COLOURS[i % 6], "line": {"width": 0}}}
        bar |= {"texttemplate": "%{customdata[2]:.1f} %" if size >= 14 else "", "textposition": "inside", "textangle": 0}
        font = {"size": 11, "weight": 600, "color": "#14171c" if i % 6 in (1, 2, 4) else "#fff"}
        bar |= {"insidetextanchor": "middle", "insidetextfont": font, "constraintext": "none"}
        bar |= {"customdata": [[hover_name(part["label"]), detail, part["value"]]]}
        data.append({**bar, "hovertemplate": "%{customdata[0]}<br>%{customdata[2]:.1f} %%{customdata[1]}<extra></extra>"})
    shapes, annotations = [], []
    for i, part in enumerate(parts):
        top = 42 + i * 22
        square = {"type": "rect", "xref": "x", "yref": "y", "xsizemode": "pixel", "xanchor": 0, "x0": 0, "x1": 10}
        shapes.append({**square, "y0": top + 2, "y1": top + 12, "fillcolor": CHART_COLOURS[i % 6], "line": {"width": 0}})
        place = {"x": 0, "y": top + 7, "xref": "x", "yref": "y", "yanchor": "middle", "showarrow": False}
        percent = Decimal(part["value"]).quantize(Decimal("0.1"), ROUND_HALF_UP)
        name = f"{part['label']} · {part['detail']}" if "detail" in part else part["label"]
        annotations.append({**place, "text": f"{percent} %", "xanchor": "right", "xshift": 67})
        annotations.append({**place, "text": plot_text(shorten(name, 32)), "xanchor": "left", "xshift": 75})
    xaxis = {"visible": False, "fixedrange": True, "range": [0, length or 1]}
    yaxis = {"visible": False, "fixedrange": True, "range": [at["plot"], 0]}
    layout = {"margin": {"l": 0, "r": 0, "t": at["top"], "b": at["bottom"]}, "xaxis": xaxis, "yaxis": yaxis}
    return data, {**layout, "dragmode": False, "shapes": shapes, "annotations": annotations}


def draw_bars(chart, at):
    values, labels = [bar["value"] for bar in chart["bars"]], [bar["label"] for bar in chart["bars"]]
    format_ = value_format(values, chart["unit"])
    suffix = unit_suffix(chart["unit"], format_)
    trace = {"type": "bar", "orientation": "h", "x": values, "y": middles(at, values), "width": at["rows"]["size"]}
    trace |= {"marker": {"color": CHART_ACCENT}, "textposition": "outside", "cliponaxis": False, "hoverlabel": HOVER_LABEL}
    trace |= {"texttemplate": f"%{{x:{format_}}}{plot_text(suffix)}"}
    trace |= {"customdata": [[hover_name(label), value] for label, value in zip(labels, values)]}
    trace |= {"hovertemplate": hover_lines([chart["valueTitle"]], format_, suffix)}
    title = axis_title(title_with_unit(chart["valueTitle"], chart["unit"]))
    title |= {"xref": "x", "x": 0, "xanchor": "left", "xshift": -1, "yshift": -5}
    xaxis = {"range": at["domain"], "fixedrange": True, "showgrid": False, "showline": False}
    xaxis |= {"showticklabels": False}
    margin = margins(at, 96)
    layout = {"margin": margin, "xaxis": xaxis, "yaxis": {**row_axis(at, labels), "showline": True}}
    return [trace], {**layout, "annotations": labels_above(at, labels) + [title], "dragmode": False}


def draw_boxes(chart, at):
    column = lambda key: [box[key] for box in chart["boxes"]]
    y = middles(at, chart["boxes"])
    box = {"type": "box", "orientation": "h", "y": y, "q1": column("p25"), "median": column("p50"), "q3": column("p75")}
    box |= {"lowerfence": column("lower"), "upperfence": column("upper"), "width": at["rows"]["size"], "whiskerwidth": 0.4}
    box |= {"line": {"color": CHART_ACCENT, "width": 1}, "fillcolor": accent_over(0.28), "hoverinfo": "skip"}
    names = {"lower whisker": "lower", "p25": "p25", "median": "p50", "p75": "p75", "p95": "p95", "upper whisker": "upper"}
    key = "Box: middle half · line: median · dot: p95"
    stroke = {"color": CHART_ACCENT, "width": 2.5}
    median = {"symbol": "line-ns", "size": at["rows"]["size"] / 1.4, "line": stroke}
    drawn = [box, points_trace(column("p50"), y, median), dot_trace(column("p95"), y)]
    return rows_figure(chart, at, drawn, key, chart["boxes"], names)


def draw_ranges(chart, at):
    column = lambda key: [row[key] for row in chart["rows"]]
    y = middles(at, chart["rows"])

    def span(low, high, width, opacity):
        lengths = [end - start for start, end in zip(column(low), column(high))]
        place = {"type": "bar", "orientation": "h", "base": column(low), "x": lengths, "y": y}
        return {**place, "width": width, "marker": {"color": CHART_ACCENT, "opacity": opacity}, "hoverinfo": "skip"}

    data = [span("min", "max", 1, 0.75), span("p50", "p95", at["rows"]["size"] * 0.66, 1), dot_trace(column("p99"), y)]
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
    shapes, annotations = mark_lines(at, CHART_MARK)
    place = {"x": 0, "xanchor": "left", "xshift": -at["rows"]["gutter"], "y": 1, "yanchor": "bottom", "yshift": at["top"] - 18}
    title = axis_title(title_with_unit(chart["valueTitle"], chart["unit"]))
    xaxis = {**value_axis(at["domain"]), "fixedrange": True}
    layout = {"margin": margins(at, 14), "xaxis": xaxis, "yaxis": row_axis(at, labels), "shapes": shapes, "dragmode": False}
    notes = annotations + labels_above(at, labels) + [{**small_note(key), **place}, title]
    return [*drawn, hover], {**layout, "annotations": notes}


def dot_trace(x, y):
    return points_trace(x, y, {**UNSEEN, "size": 6, "line": {"color": CHART_ACCENT, "width": 1.75}})


def points_trace(x, y, marker):
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": marker, "cliponaxis": False, "hoverinfo": "skip"}


def draw_histogram(chart, at):
    strips = [(series["label"], series["edges"], series["counts"]) for series in chart["series"]]
    format_ = value_format(at["domain"], chart["unit"])
    unit = plot_text(unit_suffix(chart["unit"], format_))
    hover = f"<br>%{{customdata[0]:{format_}}} to %{{customdata[1]:{format_}}}{unit}"
    hover += f"<br>{plot_text(chart['countTitle'])} %{{customdata[2]:,}}<extra></extra>"
    title = title_with_unit(chart["valueTitle"], chart["unit"])
    return strips_figure(at, strips, hover, title, chart["countTitle"], CHART_QUANTILE)


def draw_timeline(chart, at):
    strips = [(series["label"], chart["edgesSeconds"], series["values"]) for series in chart["series"]]
    low, high = at["domain"]
    dates = low >= 0 and high <= 253402300799  # up to the year 9999
    format_ = "" if dates else ":,.0f"
    count_title = title_with_unit(chart["valueTitle"], chart["unit"])
    count = f"{plot_text(chart['valueTitle'])} %{{customdata[2]:,}}{plot_text(unit_suffix(chart['unit'], ''))}"
    hover = f"<br>%{{customdata[0]{format_}}} to %{{customdata[1]{format_}}}<br>{count}<extra></extra>"
    return strips_figure(at, strips, hover, "time (UTC)" if dates else "time (s)", count_title, CHART_MARK, dates)


def strips_figure(at, strips, hover, title, count_title, mark_colour, dates=False):
    """One vertical axis per strip, all with the same range. As numbers, plotly would show dates in the reader's time zone."""
    position = date_text if dates else lambda value: value
    told_bound = (lambda seconds: date_text(seconds)[:19]) if dates else position
    rows, plot, several = at["rows"], at["plot"], len(strips) > 1
    data, layout = [], {"margin": margins(at, 14)}
    for i, (label, edges, values) in enumerate(strips):
        name = "" if i == 0 else str(i + 1)
        bounds = [list(ends) for ends in list(zip(edges, edges[1:]))[: len(values)]]
        bins = {"type": "bar", "x": [position(low) for low, _ in bounds], "offset": 0, "yaxis": "y" + name}
        bins |= {"width": [(high - low) * (1000 if dates else 1) for low, high in bounds]}
        drawn = {"y": values[: len(bounds)], "marker": {"color": CHART_ACCENT, "line": {"width": 0}}, "hoverinfo": "skip"}
        # A bin of few is a pixel high: an unseen bar as high as the strip tells its number.
        told = [[*map(told_bound, ends), value] for ends, value in zip(bounds, values)]
        hovered = {"y": [at["count_top"]] * len(bounds), "marker": UNSEEN, "hoverlabel": HOVER_LABEL, "customdata": told}
        hovered |= {"hovertemplate": hover_name(label) + hover if several else hover.removeprefix("<br>")}
        data += [{**bins, **drawn}, {**bins, **hovered}]
        foot = i * rows["pitch"] + rows["middle"] + rows["size"] / 2
        yaxis = {"domain": [max(0, 1 - foot / plot), 1 - (foot - rows["size"]) / plot], "range": [0, at["count_top"] * 1.02]}
        yaxis |= {"fixedrange": True, "showline": False}
        yaxis |= {"tickvals": [at["count_top"]], "showticklabels": False, "showgrid": i == 0}
        layout["yaxis" + name] = yaxis
    shapes, annotations = mark_lines(at, mark_colour, position)
    titles = labels_above(at, [label for label, _, _ in strips], 32) if several else []
    place = {"x": 1, "xanchor": "right", "y": 1 - (rows["middle"] - rows["size"] / 2) / plot, "yanchor": "bottom"}
    unit = {**small_note(plot_text(f"{at['count_top']:,} {count_title}")), **place}
    axis = value_axis(list(map(position, at["domain"])))
    if dates:
        axis["type"] = "date"
    layout["xaxis"] = {**axis, "anchor": f"y{len(strips)}" if several else "y"}
    return data, {**layout, "shapes": shapes, "annotations": annotations + titles + [unit, axis_title(title)]}


def draw_heatmap(chart, at):
    low, high = at["domain"]
    gutter = at["rows"]["gutter"]
    format_ = value_format(at["domain"], chart["unit"])
    unit = plot_text(unit_suffix(chart["unit"], format_))
    cell = (NARROWEST_PX - gutter) / len(chart["columns"])
    columns = [shorten(label, 14) for label in chart["columns"]]
    step = max(1, math.ceil((max(map(text_units, columns)) * CHARACTER_PX + 4) / cell))
    colorbar = {"orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "ypad": 6, "len": 0.5, "thickness": 8}
    colorbar |= {"outlinewidth": 0, "tickvals": [low, high], "tickformat": format_, "tickfont": SMALL_FONT}
    trace = {"type": "heatmap", "z": chart["values"], "zmin": low, "zmax": high, "hoverongaps": False, "hoverlabel": HOVER_LABEL}
    trace |= {"colorscale": [[0, accent_over(0.08)], [1, accent_over(1)]], "colorbar": colorbar}
    names = [[hover_name(name, 60) for name in chart[key]] for key in ("rows", "columns")]
    trace |= {"customdata": [[f"{row}<br>{column}" for column in names[1]] for row in names[0]]}
    trace |= {"hovertemplate": f"%{{customdata}}<br>{plot_text(chart['valueTitle'])} %{{z:{format_}}}{unit}<extra></extra>"}
    quiet = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    xaxis = {**quiet, "side": "top", "range": [-0.5, len(columns) - 0.5]}
    column_title = {**axis_title(f"{chart['columnTitle']} →"), "y": 1, "yanchor": "bottom", "yshift": 22}
    xaxis |= {"tickvals": list(range(0, len(columns), step)), "ticktext": list(map(plot_text, columns[::step]))}
    xaxis |= {"tickangle": 0, "tickfont": SMALL_FONT}
    yaxis = {**quiet, "range": [len(chart["rows"]) - 0.5, -0.5], "ticklabelstandoff": 4}
    yaxis["tickvals"] = list(range(len(chart["rows"])))
    yaxis["ticktext"] = [plot_text(shorten(label, 14)) for label in chart["rows"]]
    place = {"x": 0, "xanchor": "left", "xshift": -gutter, "y": 1, "yanchor": "bottom", "yshift": 20}
    row_title = {**small_note(plot_text(f"{chart['rowTitle']} ↓")), **place}
    place = {"x": 0.52, "xanchor": "left", "y": 0, "yanchor": "top", "yshift": -2}
    value_title = {**small_note(plot_text(title_with_unit(chart["valueTitle"], chart["unit"]))), **place}
    layout = {"margin": {"l": gutter, "r": 0, "t": at["top"], "b": at["bottom"]}, "xaxis": xaxis, "yaxis": yaxis}
    numbers = cell_texts(chart, at, format_) if cell >= 32 else []
    return [trace, *numbers], {**layout, "annotations": [row_title, column_title, value_title], "dragmode": False}


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
