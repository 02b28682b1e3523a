"""Where things stand in a figure, how text and numbers are written: what all kinds of charts share."""

import math
import re
from datetime import datetime, timezone

# Safe for colour-blind eyes, on light and on dark.
CHART_COLOURS = ["#3d6bcf", "#dd7610", "#31a773", "#bd307d", "#928bcf", "#77650e"]
CHART_ACCENT, CHART_MARK, CHART_QUANTILE = CHART_COLOURS[0], CHART_COLOURS[1], "#7d8794"
CHARACTER_PX = 8.2  # width of a narrow character
NARROWEST_PX = 340  # narrowest figure: a phone
SMALL_FONT = {"size": 11}
HOVER_LABEL = {"align": "left"}
UNSEEN = {"color": "rgba(0,0,0,0)"}  # a bar that is there for the pointer alone


# Text and numbers


def plot_text(text):
    """Plotly reads tags, links, entities and templates in any text it is given; as numeric entities the letters stay letters."""
    return re.sub(r"[&<>%$\t\n\r]", lambda match: f"&#{ord(match.group())};", text)


def text_units(text):
    """Length of a text in narrow characters; characters from Hangul on, most of them wide, count two."""
    return sum(2 if ord(character) >= 0x1100 else 1 for character in text)


def shorten(text, most):
    if text_units(text) <= most:
        return text
    kept, used = "", 1
    for character in text:
        used += text_units(character)
        if used > most:
            break
        kept += character
    return kept + "…"


def hover_name(label, most=120):
    """A label for a tooltip; plotly drops a tooltip that is higher than its figure."""
    text = shorten(label, most)
    lines = [text[i : i + 60] for i in range(0, len(text), 60)] or [""]
    return "<b>" + "<br>".join(map(plot_text, lines)) + "</b>"


def hover_lines(names, format_, suffix):
    numbers = [f"{plot_text(name)} %{{customdata[{i}]:{format_}}}{plot_text(suffix)}" for i, name in enumerate(names, 1)]
    lines = [" · ".join(numbers[i : i + 2]) for i in range(0, len(numbers), 2)]
    return "<br>".join(["%{customdata[0]}", *lines]) + "<extra></extra>"


def value_format(values, unit):
    """How numbers of this size are written, as plotly (d3-format) wants it."""
    size = max(map(abs, values), default=0)
    if unit.startswith("B") and size >= 1000:
        return ".4~s"
    for limit, format_ in ((1e9, ".4~g"), (1000, ",.0f"), (100, ".1~f"), (1, ".2~f")):
        if size >= limit:
            return format_
    return ".3~g"


def unit_suffix(unit, format_):
    return "" if unit == "" else unit if format_.endswith("s") else f" {unit}"


def title_with_unit(title, unit):
    return title if unit == "" else f"{title} ({unit})"


def extent_of(values):
    if not values:
        return [0, 1]
    low, high = min(values), max(values)
    return [low, high] if low < high else [low, low + abs(low) if low else 1]


# Frame: where things stand, in px


def nice_count(counts):
    """Up to three steps of 1, 2, 5 or 10 times a power of ten that no count exceeds."""
    largest, power = max([1, *counts]), 1
    while largest > 30 * power:
        power *= 10
    step = power * next((factor for factor in (1, 2, 5) if largest <= 3 * factor * power), 10)
    return math.ceil(largest / step) * step


def date_text(seconds):
    milliseconds = math.floor(seconds * 1000)
    moment = datetime.fromtimestamp(milliseconds // 1000, timezone.utc)
    return f"{moment:%Y-%m-%d %H:%M:%S}.{milliseconds % 1000:03d}"


def is_empty(chart):
    kind = chart["kind"]
    if kind == "histogram":
        return all(not series["counts"] for series in chart["series"])
    if kind == "heatmap":
        return not chart["rows"] or not chart["columns"]
    if kind == "timeline":
        return not chart["series"] or len(chart["edgesSeconds"]) < 2
    if kind == "series":
        return not chart["series"] or not chart["seconds"]
    rows = {"grid": ("values", None), "points": ("groups", "seconds"), "activity": ("lanes", "busySeconds"), "flame": ("frames", None)}
    if kind in rows:
        key, inner = rows[kind]
        return not any(row if inner is None else row[inner] for row in chart[key])
    return not chart[{"shares": "parts", "bars": "bars", "boxes": "boxes", "ranges": "rows"}[kind]]


def chart_frame(top, plot, bottom, domain, rows=None, marks_=()):
    """Marks get their labels on as many lines as it takes not to overlap."""
    low, high = domain
    ends, placed = [], []
    for mark in sorted(marks_, key=lambda mark: mark["value"]):
        place = (mark["value"] - low) / (high - low)
        length = (text_units(mark["label"]) * CHARACTER_PX + 10) / NARROWEST_PX
        start = place - length if place > 0.5 else place
        lane = next((i for i, end in enumerate(ends) if end <= start), len(ends))
        ends[lane : lane + 1] = [start + length]
        placed.append({**mark, "lane": lane, "leftwards": place > 0.5})
    return {"top": top + len(ends) * 15, "plot": plot, "bottom": bottom, "domain": domain, "rows": rows, "marks": placed}


def labelled_rows(items):
    """Labels stand left of the rows while they are short, above them otherwise."""
    gutter = max(text_units(item["label"]) for item in items) * CHARACTER_PX + 16
    if gutter > NARROWEST_PX / 3:
        return {"beside": False, "pitch": 40, "middle": 26, "size": 14, "gutter": 4}
    pitch = 20 if len(items) > 16 else 28
    return {"beside": True, "pitch": pitch, "middle": pitch / 2, "size": pitch / 2, "gutter": gutter}


def strip_rows(count):
    label = 22 if count > 1 else 18
    size = 34 if count > 12 else 54 if count > 1 else 140
    return {"beside": False, "pitch": label + size, "middle": label + size / 2, "size": size, "gutter": 4}


def shares_frame(chart):
    return chart_frame(0, 42 + len(chart["parts"]) * 22, 0, [0, 100])


def bars_frame(chart):
    rows = labelled_rows(chart["bars"])
    return chart_frame(4, len(chart["bars"]) * rows["pitch"], 26, extent_of([0] + [bar["value"] for bar in chart["bars"]]), rows)


def boxes_frame(chart):
    rows = labelled_rows(chart["boxes"])
    marks_ = [chart["threshold"]] if "threshold" in chart else []
    values = [box[key] for box in chart["boxes"] for key in ("lower", "upper", "p95")]
    domain = extent_of(chart["range"] + values + [mark["value"] for mark in marks_])
    return chart_frame(24, len(chart["boxes"]) * rows["pitch"], 42, domain, rows, marks_)


def ranges_frame(chart):
    rows = labelled_rows(chart["rows"])
    domain = extent_of(chart["range"] + [row[key] for row in chart["rows"] for key in ("min", "max")])
    return chart_frame(24, len(chart["rows"]) * rows["pitch"], 42, domain, rows)


def strips_frame(chart):
    rows = strip_rows(len(chart["series"]))
    timeline = chart["kind"] == "timeline"
    edges = chart["edgesSeconds"] if timeline else [edge for series in chart["series"] for edge in series["edges"]]
    axes = chart.get("axes", {"value": [], "largestCount": 0})  # shared with the charts beside this one
    domain = extent_of(axes["value"] + edges + [mark["value"] for mark in chart["marks"]])
    counts = [count for series in chart["series"] for count in series["values" if timeline else "counts"]]
    at = chart_frame(10, len(chart["series"]) * rows["pitch"], 42, domain, rows, chart["marks"])
    return {**at, "count_top": nice_count([axes["largestCount"], *counts])}


def heatmap_frame(chart):
    pitch = 18 if len(chart["rows"]) > 16 else 26
    gutter = min(max(map(text_units, chart["rows"])), 14) * CHARACTER_PX + 16
    rows = {"beside": True, "pitch": pitch, "middle": pitch / 2, "size": pitch, "gutter": gutter}
    return chart_frame(40, len(chart["rows"]) * pitch, 28, extent_of(chart["range"]), rows)


CHART_FRAMES = {"shares": shares_frame, "bars": bars_frame, "boxes": boxes_frame, "ranges": ranges_frame}
CHART_FRAMES |= {"histogram": strips_frame, "timeline": strips_frame, "heatmap": heatmap_frame}


# Parts that several kinds of charts share


def small_note(text):
    """Small text placed on the plot, 0 to 1 from its lower left; give it text that went through plot_text."""
    return {"text": text, "xref": "paper", "yref": "paper", "showarrow": False, "font": SMALL_FONT}


def axis_title(text):
    """At the right end of the axis: plotly's own would stand in the middle."""
    return {**small_note(plot_text(text)), "x": 1, "xanchor": "right", "y": 0, "yanchor": "top", "yshift": -21}


def value_axis(range_):
    axis = {"range": range_, "zeroline": False, "showline": True, "exponentformat": "SI", "nticks": 6}
    return {**axis, "tickangle": 0, "tickfont": SMALL_FONT}


def row_axis(at, labels):
    """Rows are placed in px on a linear axis: two equal labels stay two rows."""
    axis = {"range": [at["plot"], 0], "fixedrange": True, "showgrid": False}
    axis |= {"showline": False, "zeroline": False}
    if not at["rows"]["beside"]:
        return {**axis, "showticklabels": False}
    return {**axis, "tickvals": middles(at, labels), "ticktext": list(map(plot_text, labels)), "ticklabelstandoff": 4}


def labels_above(at, labels, most=41):
    if at["rows"]["beside"]:
        return []
    tops = [1 - (middle - at["rows"]["size"] / 2) / at["plot"] for middle in middles(at, labels)]
    place = {"x": 0, "xanchor": "left", "xshift": -at["rows"]["gutter"], "yanchor": "bottom"}
    place |= {"xref": "paper", "yref": "paper", "showarrow": False}
    return [{**place, "text": plot_text(shorten(label, most)), "y": top} for label, top in zip(labels, tops)]


def middles(at, items):
    return [i * at["rows"]["pitch"] + at["rows"]["middle"] for i in range(len(items))]


def margins(at, right):
    return {"l": at["rows"]["gutter"], "r": right, "t": at["top"], "b": at["bottom"]}


def mark_lines(at, colour, position=lambda value: value):
    """Lines across the plot, and their labels above it."""
    stroke = {"color": colour, "width": 1.5, "dash": "4px,3px"}
    line = {"type": "line", "xref": "x", "y0": 0, "y1": 1, "yref": "paper", "line": stroke}
    shapes = [{**line, "x0": position(mark["value"]), "x1": position(mark["value"])} for mark in at["marks"]]
    annotations = []
    for mark in at["marks"]:
        side = "right" if mark["leftwards"] else "left"
        place = {"x": position(mark["value"]), "xref": "x", "xanchor": side, "y": 1, "yanchor": "bottom"}
        annotations.append({**small_note(plot_text(mark["label"])), **place, "yshift": mark["lane"] * 15})
    return shapes, annotations
