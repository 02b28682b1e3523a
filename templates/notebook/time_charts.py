"""Charts over time and flame graphs, drawn from profiler-report.json beside this notebook: they need more than the rule files tell."""

import json
import math
from pathlib import Path

MOST_PANELS = 2  # of many nodes or workers the first ones are shown

CHART_LINES = [CHART_COLOURS[i] for i in (0, 2, 4, 5, 1)]
CHART_SPANS = [CHART_COLOURS[i] for i in (1, 5, 3, 4, 2)]
RULE_SLOTS = {
    "CPU bottleneck": 0,
    "I/O bottleneck": 1,
    "Low GPU utilization": 2,
    "Load balancing": 3,
    "GPU memory increase": 4,
    "Batch size": 1,
    "Step outliers": 2,
    "Data loading": 3,
    "Initialization time": 4,
    "Latency over target": 2,
    "Overhead dominates": 3,
    "One container dominates": 1,
    "Cold starts": 2,
    "Uneven variants": 0,
    "High error rate": 2,
    "Idle endpoint": 2,
    "Insufficient memory": 0,
}
STANDS_OUT = CHART_COLOURS[3]


def show_section(section_id, path="profiler-report.json"):
    """Shows all charts and tables of a section of the report."""
    try:
        sections = json.loads(Path(path).read_text("utf-8"))["sections"]
    except (OSError, ValueError, KeyError):
        print(f"{path} is not beside this notebook: `profiler-report` writes it with `--format json`. Nothing is drawn anew without it.")
        return
    for section in sections:
        for block in section["blocks"] if section["id"] == section_id else []:
            show_block(block)


def show_block(block, lead=""):
    if block["kind"] == "chart":
        show({**block["chart"], "title": lead + block["chart"]["title"]})
    if block["kind"] == "table" and not block["table"]["id"].endswith("-issues"):  # told in the words above
        titles = [f"{column['label']} ({column['unit']})" if "unit" in column else column["label"] for column in block["table"]["columns"]]
        show_table(block["table"]["title"], titles, block["table"]["rows"])
    if block["kind"] == "facts":
        show_facts([[fact["label"], fact["value"], *([fact["detail"]] if "detail" in fact else [])] for fact in block["facts"]])
    for panel in block.get("panels", [])[:MOST_PANELS]:
        for inner in panel["blocks"]:
            show_block(inner, f"{panel['title']}: ")


# Where things stand


def rule_colour(title, taken=()):
    """An added rule gets one by its name. The same for a rule in all charts but those in which it is taken."""
    slot = RULE_SLOTS.get(title, sum(map(ord, title)))
    free = [CHART_SPANS[(slot + i) % len(CHART_SPANS)] for i in range(len(CHART_SPANS))]
    return next((colour for colour in free if colour not in taken), CHART_QUANTILE)


def join_spans(chart, parts):
    """Label, colour and spans of each rule, spans joined that nobody could see apart; no rule has the colour of a line."""
    low, high = extent_of(chart["period"])
    lanes, taken = [], {line["colour"] for line in drawn_lines(chart)} if "series" in chart else set()
    for label in dict.fromkeys(span["label"] for span in chart["spans"]):
        joined = []
        for span in sorted((span for span in chart["spans"] if span["label"] == label), key=lambda span: span["startSeconds"]):
            if joined and span["startSeconds"] - joined[-1][1] <= (high - low) / parts:
                joined[-1][1] = max(joined[-1][1], span["endSeconds"])
            else:
                joined.append([span["startSeconds"], span["endSeconds"]])
        lanes.append((label, rule_colour(label, taken), joined))
        taken.add(lanes[-1][1])
    return lanes


def legend_items(chart, top):
    items = [(group["label"], CHART_LINES[i % 5], 1) for i, group in enumerate(chart.get("groups", []))]
    if "series" in chart:
        items = [(line["label"], line["colour"], 1) for line in drawn_lines(chart)]
    if not chart.get("stacked") and any("low" in line for line in chart.get("series", [])):
        items.append(("lowest to highest", CHART_LINES[0], 0.22))
    if any(group["flagged"] for group in chart.get("groups", [])):
        items.append(("stands out", STANDS_OUT, 1))
    x, y, placed = 0, top, []
    for label, colour, opacity in items + [(label, colour, 1) for label, colour, _ in join_spans(chart, 1)]:
        short = shorten(label, 34)
        width = 15 + text_units(short) * 6.8 + 16
        if x > 0 and x + width - 16 > NARROWEST_PX:
            x, y = 0, y + 18
        placed.append((short, colour, opacity, x, y))
        x += width
    return placed


def value_steps(values):
    """At most five round numbers around the values and zero: the ends of the axis and the step."""
    low, high = extent_of([0, *values])
    part, power = (high - low) / 4, 1
    while power * 10 <= part:
        power *= 10
    while power > part:
        power /= 10
    step = power * next((factor for factor in (1, 2, 5) if factor * power >= part), 10)
    return [math.floor(low / step + 1e-5) * step, math.ceil(high / step - 1e-5) * step], step


def time_frame(chart, pitch, height, middle=None, size=None, values=None):
    rows = {"beside": True, "pitch": pitch, "middle": pitch / 2 if middle is None else middle, "size": size or pitch, "gutter": 64}
    legend = legend_items(chart, 22)
    top = 24 + max([0, *(y - 22 + 18 for *_, y in legend)])
    lanes = len(join_spans(chart, 1))
    ribbon = lanes * 8 + 3 if lanes else 0
    at = chart_frame(top, ribbon + height, 42, extent_of(chart["period"]), rows, chart["marks"])
    return {**at, "legend": legend, "ribbon": ribbon, "values": values}


def series_frame(chart):
    drawn = [value for line in drawn_lines(chart) for key in ("values", "low", "high") for value in line.get(key, []) if value is not None]
    return time_frame(chart, 132, 132, values=value_steps(chart.get("range", drawn)))


def points_frame(chart):
    return time_frame(chart, 132, 132, values=value_steps([value for group in chart["groups"] for value in group["values"]]))


def grid_frame(chart):
    count = len(chart["rows"])
    pitch = max(3, 312 // count) if count > 16 else 18
    return time_frame(chart, pitch, count * pitch)


def activity_frame(chart):
    return time_frame(chart, 26, len(shown_lanes(chart)) * 26, middle=20, size=12)


def flame_frame(chart):
    lines = min(max(frame["depth"] for frame in chart["frames"]) + 1, 60)
    domain = extent_of([0] + [frame["startSeconds"] + frame["widthSeconds"] for frame in chart["frames"]])
    rows = {"beside": False, "pitch": 18, "middle": 9, "size": 17, "gutter": 4}
    return chart_frame(24, lines * 18, 42, domain, rows)


# One function for each kind of chart


def draw_series(chart, at):
    format_, unit, yaxis = value_scale(chart["unit"], at)
    moments = list(map(time_position(at), chart["seconds"]))
    data, stacked, lines = [], chart.get("stacked"), drawn_lines(chart)
    for line in lines:
        if "low" in line:
            x, y = band_outline(moments, line["low"], line["high"])
            colour = colour_over(line["colour"], 0.6 if stacked else 0.22)
            fill = {"fill": "toself", "fillcolor": colour, "line": {"width": 0}, "hoverinfo": "skip"}
            data.append({"type": "scatter", "mode": "lines", "x": x, "y": y, **fill})
    for line in lines:
        trace = {"type": "scatter", "mode": "lines", "x": moments, "y": line["values"], "connectgaps": False, "hoverlabel": HOVER_LABEL}
        trace["line"] = {"color": line["colour"], "width": 1.5}
        dots = dotted(line["values"])
        if any(dots):
            marker = {"color": line["colour"], "size": [5 if dot else 0 for dot in dots]}
            trace |= {"mode": "lines+markers", "marker": marker}
        told, spread = "y", ""
        if stacked:
            trace["customdata"], told = [[value] for value in line["own"]], "customdata[0]"
        elif "low" in line:
            trace["customdata"] = [list(ends) for ends in zip(line["low"], line["high"])]
            spread = f"<br>%{{customdata[0]:{format_}}} to %{{customdata[1]:{format_}}}{unit}"
        data.append({**trace, "hovertemplate": f"{hover_name(line['label'], 60)} %{{{told}:{format_}}}{unit}{spread}<extra></extra>"})
    data, layout = time_figure(chart, at, data, yaxis, title_with_unit(chart["valueTitle"], chart["unit"]))
    return data, {**layout, "hovermode": "x"}


def drawn_lines(chart):
    """Stacked lines stand on those before them: one without a value takes no room beside others, a moment without any is a gap."""
    if not chart.get("stacked"):
        return [{**line, "colour": CHART_LINES[i % 5]} for i, line in enumerate(chart["series"])]
    top = [0 if any(value is not None for value in values) else None for values in zip(*(line["values"] for line in chart["series"]))]
    drawn = []
    for i, line in enumerate(chart["series"]):
        low, top = top, [None if below is None else below + (value or 0) for below, value in zip(top, line["values"])]
        part = {"values": top, "low": low, "high": top, "own": line["values"]}
        drawn.append({**part, "label": line["label"], "colour": CHART_COLOURS[i % len(CHART_COLOURS)]})
    return drawn


def dotted(values):
    """Whether each value has so few neighbours that a line through them would hardly be seen."""
    dots, run = [], 0
    for value in [*values, None]:
        if value is not None:
            run += 1
            continue
        dots += [run <= 3] * run + [False]
        run = 0
    return dots[:-1]


def band_outline(moments, low, high):
    """There along the lowest and back along the highest, one area for each run without gaps."""
    x, y, run = [], [], []
    for i in range(len(moments) + 1):
        if i < len(moments) and low[i] is not None and high[i] is not None:
            run.append(i)
            continue
        if run and x:
            x, y = [*x, None], [*y, None]
        x += [moments[j] for j in run] + [moments[j] for j in reversed(run)]
        y += [low[j] for j in run] + [high[j] for j in reversed(run)]
        run = []
    return x, y


def draw_points(chart, at):
    format_, unit, yaxis = value_scale(chart["unit"], at)
    position, layers = time_position(at), ([], [])
    for i, group in enumerate(chart["groups"]):
        flagged = set(group["flagged"])
        for layer, (colour, size) in enumerate([(CHART_LINES[i % 5], 4), (STANDS_OUT, 7)]):
            chosen = [j for j in range(len(group["seconds"])) if (j in flagged) == (layer == 1)]
            trace = {"type": "scatter", "mode": "markers", "hoverlabel": HOVER_LABEL}
            trace |= {"x": [position(group["seconds"][j]) for j in chosen], "y": [group["values"][j] for j in chosen]}
            trace |= {"marker": {"color": colour, "size": size, "opacity": 0.8, "line": {"width": 0}}}
            trace |= {"customdata": [plot_text(shorten(group["names"][j], 60)) for j in chosen]}
            told = f"{plot_text(chart['valueTitle'])} %{{y:{format_}}}{unit}<extra></extra>"
            trace |= {"hovertemplate": f"{hover_name(group['label'], 60)}<br>%{{customdata}}<br>%{{x}}<br>{told}"}
            layers[layer].extend([trace] if chosen else [])
    return time_figure(chart, at, [*layers[0], *layers[1]], yaxis, title_with_unit(chart["valueTitle"], chart["unit"]))


def draw_grid(chart, at):
    pitch = at["rows"]["pitch"]
    names = []
    for i in range(0, len(chart["rows"]), math.ceil(13 / pitch)):
        place = from_top(at, -5, at["top"] + at["ribbon"] + i * pitch + min(pitch, 13) / 2)
        names.append({**small_note(plot_text(shorten(chart["rows"][i], 7))), **place, "xanchor": "right"})
    domain, title = extent_of(chart["range"]), title_with_unit(chart["valueTitle"], chart["unit"])
    return draw_cells(chart, at, chart["rows"], chart["values"], domain, chart["valueTitle"], chart["unit"], title, names)


def draw_activity(chart, at):
    lanes = shown_lanes(chart)
    values = [[busy / chart["stepSeconds"] * 100 for busy in lane["busySeconds"]] for lane in lanes]
    highest = math.ceil(max([100, *(value for row in values for value in row)]) / 10) * 10
    labels = list(map(lane_name, lanes))
    names = [
        {**small_note(plot_text(shorten(label, 38))), **from_top(at, 0, at["top"] + at["ribbon"] + i * 26 + 6)}
        for i, label in enumerate(labels)
    ]
    return draw_cells(chart, at, labels, values, [0, highest], "busy", "%", "busy (%)", names)


def lane_name(lane):
    return f"{lane['group']} · {lane['label']}" if lane["group"] else lane["label"]


def shown_lanes(chart):
    """The lanes with the most busy time, in their order."""
    lanes = chart["lanes"]
    sums = []
    for lane in lanes:
        busy = 0
        for seconds in lane["busySeconds"]:
            busy += seconds
        sums.append(busy)
    limit = sorted(sums, reverse=True)[15] if len(lanes) > 16 else 0
    return [lane for lane, busy in zip(lanes, sums) if busy >= limit][:16]


def draw_cells(chart, at, labels, values, domain, value_title, unit, title, names):
    """One heatmap; rows are placed in px from the top by their edges, with empty ones between them where there are gaps."""
    rows, columns = at["rows"], max(map(len, values))
    format_ = value_format(domain, unit)
    centres, half, gaps = middles(at, labels), rows["size"] / 2, rows["pitch"] > rows["size"]
    z = [[*row, *[None] * (columns - len(row))] for row in values]
    start = chart["startSeconds"] + chart["stepSeconds"] / 2
    length = chart["stepSeconds"] * (1000 if is_dates(at) else 1)
    trace = {"type": "heatmap", "z": [line for row in z for line in ([None] * columns, row)] if gaps else z}
    trace |= {"x0": time_position(at)(start), "dx": length, "zmin": domain[0], "zmax": domain[1]}
    trace |= {"y": [0, *(edge for y in centres for edge in ([y - half, y + half] if gaps else [y + half]))]}
    trace |= {"colorscale": [[0, accent_over(0.08)], [1, accent_over(1)]], "showscale": False, "hoverongaps": False}
    suffix = plot_text(unit_suffix(unit, format_))
    trace |= {"hoverlabel": HOVER_LABEL}
    trace |= {"hovertemplate": f"%{{y}}<br>%{{x}}<br>{plot_text(value_title)} %{{z:{format_}}}{suffix}<extra></extra>"}
    yaxis = {"range": [at["plot"] - at["ribbon"], 0], "showgrid": False, "showticklabels": False, "ticks": ""}
    yaxis |= {"tickvals": centres, "ticktext": [hover_name(label, 60) for label in labels]}
    low, high = map(scale_text, domain)
    shapes = [{**square(at, i * 9 - 50, 3, 9, 9), "fillcolor": accent_over(scale_text(0.08 + 0.92 * i / 6))} for i in range(7)]
    ends = [{**small_note(low), **from_top(at, -53, 7.5), "xanchor": "right"}, {**small_note(high), **from_top(at, 16, 7.5)}]
    after = 14 + 63 + text_units(high) * 6.8 + 16
    return time_figure(chart, at, [trace], yaxis, title, False, after, shapes, [*names, *ends])


def scale_text(value):
    rounded = math.floor(value * 100 + 0.5) / 100
    return str(int(rounded) if rounded == int(rounded) else rounded)


def draw_flame(chart, at):
    low, high = at["domain"]
    format_ = value_format([frame["widthSeconds"] for frame in chart["frames"]], "s")
    shown = []
    for i, frame in enumerate(chart["frames"]):
        start = max(low, frame["startSeconds"])
        width = min(high, frame["startSeconds"] + frame["widthSeconds"]) - start
        if width / (high - low) >= 1 / 1500 and frame["depth"] < 60:
            shown.append((i, frame, start, width))
    rooms = [math.floor((width / (high - low) * (NARROWEST_PX - 18) - 6) / CHARACTER_PX) for *_, width in shown]
    trace = {"type": "bar", "orientation": "h", "base": [start for *_, start, _ in shown], "x": [width for *_, width in shown]}
    trace |= {"y": [frame["depth"] * 18 + 9 for _, frame, *_ in shown], "width": 17}
    trace |= {"marker": {"color": [colour_over(file_colour(frame["place"]), 0.34) for _, frame, *_ in shown], "line": {"width": 0}}}
    trace |= {"text": [plot_text(shorten(shown[i][1]["label"], room)) if room >= 3 else "" for i, room in enumerate(rooms)]}
    trace |= {"texttemplate": "%{text}", "textposition": "inside", "insidetextanchor": "start", "constraintext": "none"}
    trace |= {"textangle": 0, "textfont": SMALL_FONT, "hoverlabel": HOVER_LABEL}
    trace["customdata"] = [
        [hover_name(frame["label"], 60), plot_text(shorten(frame["place"], 60)), frame["widthSeconds"], frame["ownSeconds"], i]
        for i, frame, *_ in shown
    ]
    told = f"total %{{customdata[2]:{format_}}} s · own %{{customdata[3]:{format_}}} s<extra></extra>"
    trace["hovertemplate"] = f"%{{customdata[0]}}<br>%{{customdata[1]}}<br>{told}"
    key = {**small_note("Callers above what they call · a colour for each file"), **from_top(at, -4, 8)}
    layout = {"margin": margins(at, 14), "xaxis": {**value_axis([low, high]), "showgrid": False, "fixedrange": True}}
    layout |= {"yaxis": {"visible": False, "fixedrange": True, "range": [at["plot"], 0]}, "dragmode": False}
    return [trace], {**layout, "annotations": [key, axis_title("time (s)")]}


def file_colour(place):
    """Functions of one file have one colour."""
    total_ = 0
    for character in re.sub(r":[0-9]+\Z", "", place):
        total_ = (total_ * 31 + ord(character)) % 65521
    return CHART_COLOURS[total_ % 6]


def colour_over(colour, opacity):
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


# What all charts over time share


def is_dates(at):
    return at["domain"][0] >= 0 and at["domain"][1] <= 253402300799  # up to the year 9999


def time_position(at):
    return date_text if is_dates(at) else lambda seconds: seconds


def value_scale(unit, at):
    (low, high), step = at["values"]
    format_ = value_format([low, high], unit)
    ticks = [low + i * step for i in range(math.floor((high - low) / step + 0.5) + 1)]
    yaxis = {"range": [low, high + (high - low) * 0.002], "tickvals": ticks, "tickformat": format_, "ticklabelstandoff": 4}
    return format_, plot_text(unit_suffix(unit, format_)), yaxis


def from_top(at, x, y):
    return {"x": 0, "xanchor": "left", "xshift": x, "y": 1, "yanchor": "middle", "yshift": at["top"] - y}


def square(at, x, y, width, height):
    shape = {"type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "xanchor": 0, "x0": x, "x1": x + width}
    shape |= {"ysizemode": "pixel", "yanchor": 1, "y0": at["top"] - y, "y1": at["top"] - y - height}
    return {**shape, "line": {"width": 0}}


def time_figure(chart, at, data, yaxis, title, shaded=True, after=0, shapes=(), notes=()):
    """A ribbon of issues above the data, on a vertical axis of its own in px; both share the time axis."""
    dates, position, lanes, foot = is_dates(at), time_position(at), join_spans(chart, 4000), 1 - at["ribbon"] / at["plot"]
    told = (lambda seconds: date_text(seconds)[:19]) if dates else position
    ribbon, shades = [], []
    for i, (label, colour, spans) in enumerate(lanes):
        bar = {"type": "bar", "orientation": "h", "base": [position(start) for start, _ in spans], "width": 5, "yaxis": "y2"}
        bar |= {"x": [(end - start) * (1000 if dates else 1) for start, end in spans], "y": [i * 8 + 2.5] * len(spans)}
        bar |= {"marker": {"color": colour, "line": {"color": colour, "width": 1}}, "hoverlabel": HOVER_LABEL}
        bar |= {"customdata": [[told(start), told(end)] for start, end in spans]}
        ribbon.append({**bar, "hovertemplate": f"{hover_name(label)}<br>%{{customdata[0]}} to %{{customdata[1]}}<extra></extra>"})
        shade = {"type": "rect", "y0": 0, "y1": foot, "yref": "paper", "fillcolor": colour, "opacity": 0.1, "layer": "below"}
        shades += [{**shade, "x0": position(start), "x1": position(end), "line": {"width": 0}} for start, end in spans]
    lines, labels = mark_lines(at, CHART_MARK, position)
    squares = [{**square(at, x - 64, y + 2, 10, 10), "fillcolor": colour, "opacity": opacity} for _, colour, opacity, x, y in at["legend"]]
    names = [{**small_note(plot_text(text)), **from_top(at, x - 64 + 13, y + 7)} for text, *_, x, y in at["legend"]]
    xaxis = {**value_axis(list(map(position, at["domain"]))), "anchor": "y"}
    if dates:
        xaxis |= {"type": "date", "hoverformat": "%Y-%m-%d %H:%M:%S"}
    axis = {"fixedrange": True, "zeroline": False, "showline": False, "domain": [0, foot], "tickfont": SMALL_FONT}
    layout = {"margin": margins(at, 14), "xaxis": xaxis, "yaxis": {**axis, **yaxis}}
    if lanes:
        layout["yaxis2"] = {"visible": False, "fixedrange": True, "domain": [foot, 1], "range": [at["ribbon"], 0]}
    layout["shapes"] = [*(shades if shaded else []), *lines, *squares, *shapes]
    heading = {**small_note(plot_text(title)), **from_top(at, after - 64, 8)}
    layout["annotations"] = [*labels, *names, *notes, heading, axis_title("time (UTC)" if dates else "time (s)")]
    return [*data, *ribbon], layout


def time_numbers(chart):
    """Columns and rows of the table behind a chart."""
    kind = chart["kind"]
    if kind == "flame":
        frames = sorted(chart["frames"], key=lambda frame: -frame["ownSeconds"])[:50]
        return ["Function", "Place", "Own time (s)"], [[frame["label"], frame["place"], frame["ownSeconds"]] for frame in frames]
    if kind == "activity":
        return ["Lane", "Busy (s)"], [[lane_name(lane), math.fsum(lane["busySeconds"])] for lane in chart["lanes"][:50]]
    lines = [(line["label"], line["values"]) for line in chart.get("series") or chart.get("groups") or []]
    lines = lines or list(zip(chart["rows"], chart["values"]))
    known = [(label, [value for value in values if value is not None]) for label, values in lines]
    rows = [[label, math.fsum(v) / len(v) if v else None, min(v, default=None), max(v, default=None)] for label, v in known]
    return ["Name", *(f"{name} ({chart['unit']})" if chart["unit"] else name for name in ("Mean", "Lowest", "Highest"))], rows


CHART_FRAMES.update(series=series_frame, points=points_frame, grid=grid_frame, activity=activity_frame, flame=flame_frame)
DRAW_CHART.update(series=draw_series, points=draw_points, grid=draw_grid, activity=draw_activity, flame=draw_flame)
