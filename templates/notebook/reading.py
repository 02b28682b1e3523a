# The rule files lie in profiler-reports/ beside this notebook, or right beside it.
FOLDERS = [Path("profiler-reports"), Path(".")]

RULES = [
    "CPUBottleneck",
    "IOBottleneck",
    "LowGPUUtilization",
    "StepOutlier",
    "GPUMemoryIncrease",
    "BatchSize",
    "MaxInitializationTime",
    "LoadBalancing",
    "OverallSystemUsage",
    "Dataloader",
    "OverallFrameworkMetrics",
]

# Their Details are keyed by node, with a time among the nodes.
BY_NODE = ["LowGPUUtilization", "GPUMemoryIncrease", "BatchSize", "LoadBalancing"]


class RuleFile:
    """One rule file. `status` is read, missing or damaged; of a file that could not be read everything is empty."""

    def __init__(self, status, content=None, size=None, remark=""):
        content = content or {}
        details = content.get("Details")
        text = content.get("RuleParameters")
        lines = [line.partition(":") for line in text.split("\n")] if isinstance(text, str) else []
        self.status, self.size, self.remark = status, size, remark
        self.found = status == "read"
        self.details = details if isinstance(details, dict) else {}
        self.triggered = number(content.get("RuleTriggered")) or 0
        self.violations = number(content.get("Violations")) or 0
        self.datapoints = number(content.get("Datapoints")) or 0
        self.parameters = {name.strip(): value.strip() for name, _, value in lines if name.strip()}


def load(rule, quiet=False):
    """The file of a rule. What is wrong with it is said, unless quiet; the cells go on with what there is."""
    path = next((folder / f"{rule}.json" for folder in FOLDERS if (folder / f"{rule}.json").is_file()), None)
    file = RuleFile("missing", remark="not found beside this notebook") if path is None else read(rule, path)
    if not file.found and not quiet:
        print(f"{rule}.json is {file.status}: {file.remark}. What is made from it is left out.")
    return file


def read(rule, path):
    try:
        size = path.stat().st_size
        content = json.loads(path.read_bytes().decode("utf-8-sig", "replace"))
    except OSError as error:
        return RuleFile("damaged", remark=f"cannot be opened ({error.strerror})")
    except (ValueError, RecursionError):
        return RuleFile("damaged", size=size, remark="not valid JSON, cut off perhaps")
    if not isinstance(content, dict):
        return RuleFile("damaged", size=size, remark="not an object")
    if rule in BY_NODE and isinstance(content.get("Details"), dict):
        content["Details"].pop("last_timestamp", None)
    return RuleFile("read", content, size)


def ran_here():
    """Whether the rules ran without the defects of the service's: findings.json beside the rule files tells."""
    try:
        return json.loads(Path("findings.json").read_text("utf-8"))["mode"] == "fixed"
    except (OSError, ValueError, KeyError, TypeError):
        return False


LARGEST = 1.7976931348623157e308

# Decoders: each gives what it is named for, or None where the value is something else. What does not fit is left out.


def number(value):
    """A finite number, also one written as text."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) <= LARGEST else None


def number_list(value):
    found = [number(item) for item in value] if isinstance(value, list) else [None]
    return None if None in found else found


def numbers(*keys):
    """Decoder of an object that must have all of these numbers."""

    def decode(value):
        if not isinstance(value, dict):
            return None
        found = {key: number(value.get(key)) for key in keys}
        return None if None in found.values() else found

    return decode


def statistics_of(*keys):
    """Decoder of an object that may have some of these numbers."""

    def decode(value):
        if not isinstance(value, dict):
            return None
        found = {key: number(value.get(key)) for key in keys}
        return {key: item for key, item in found.items() if item is not None}

    return decode


SPREAD = ["max", "p99", "p95", "p50", "min"]


def is_whole(statistics):
    return all(key in statistics for key in SPREAD)


def named(value, decode=number):
    """An object whose names come from the job (nodes, GPUs, operators)."""
    if not isinstance(value, dict):
        return None
    decoded = [(visible_name(name), decode(item)) for name, item in value.items()]
    return distinct([(name, item) for name, item in decoded if item is not None])


def distinct(items):
    """Names that look the same are numbered: a, a (2)."""
    found = {}
    for name, item in items:
        unique, n = name, 2
        while unique in found:
            unique, n = f"{name} ({n})", n + 1
        found[unique] = item
    return found


def by_node(details, decode=number):
    """Node to name to value."""
    return named(details, lambda items: named(items, decode))


def histogram_of(value):
    """Counts and their edges (one more), or None where they do not belong together."""
    value = value if isinstance(value, dict) else {}
    counts, edges = number_list(value.get("probs")), number_list(value.get("binedges"))
    fits = counts is not None and edges is not None and len(edges) == len(counts) + 1
    return (counts, edges) if fits else None


def parameter(file, name, default):
    value = number(file.parameters.get(name))
    return default if value is None else value
