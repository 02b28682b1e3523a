"""Asks the notebook's own decision: {"action": ..., "items": [...]} from stdin, a JSON list of answers to stdout."""

import ast
import json
import os
import sys

SOURCES = []
for name in ("consent", "usage"):
    path = os.path.join(os.path.dirname(__file__), "../../templates/notebook", f"{name}.py")
    with open(path, encoding="utf-8") as file:
        SOURCES.append(file.read())
CELL = "\n".join(SOURCES)
NAMES = {}
exec(CELL, NAMES)



def viewer_decides(home, env, endpoint):
    os.chdir(home)
    return NAMES["_viewer_decides"](endpoint, 1, False, env, NAMES["_administrator_folder"](env))


ACTIONS = {
    "viewerDecides": lambda inputs: viewer_decides(*inputs),
    "decide": lambda inputs: NAMES["_decide"](*inputs),
    "isOn": NAMES["_is_on"],
    "readKept": lambda text: dict(zip(("choices", "unreadable"), NAMES["_read_kept"](text))),
    "plainJson": NAMES["_plain_json"],
    "environmentSwitches": NAMES["_environment_switches"],
    "places": NAMES["_places"],
    "isProcessingJobArn": lambda text: NAMES["_JOB"].fullmatch(text) is not None,
    # Raises where the code is not Python of this version, as 3.8.
    "parses": lambda minor: ast.parse(CELL, feature_version=(3, minor)) is not None,
    "imports": lambda _: sorted(NAMES[name].__name__ for name in NAMES if isinstance(NAMES[name], type(sys))),
}

order = json.load(sys.stdin)
json.dump([ACTIONS[order["action"]](item) for item in order["items"]], sys.stdout)
