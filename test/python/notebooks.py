"""Handles many notebooks in one process. Reads {"action": ..., "notebooks": [paths]} from stdin, writes a JSON list to stdout.

validate: [] or what nbformat finds wrong with each, its warnings included.
run: for each, what its code cells show when run in order in the notebook's folder: {id: {figures, html, text, error}}.
plotly: the number of figures in the shipped outputs of each that the plotly package takes.
"""

import json
import os
import sys
import warnings


def validate(path):
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
        except Exception as error:
            return [str(error)]
    return []


def run(path):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    shell.colors = "nocolor"
    shell.reset()
    os.chdir(os.path.dirname(path))
    with open(path, encoding="utf-8") as file:
        cells = [cell for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]
    shown = {}
    for cell in cells:
        with capture_output() as captured:
            result = shell.run_cell("".join(cell["source"]), store_history=False)
        error = result.error_in_exec or result.error_before_exec
        data = [output.data for output in captured.outputs]
        shown[cell["id"]] = {
            "figures": [d["application/vnd.plotly.v1+json"] for d in data if "application/vnd.plotly.v1+json" in d],
            "html": [d["text/html"] for d in data if "text/html" in d],
            "text": captured.stdout,
            "error": repr(error) if error else None,
        }
    return shown


def plotly(path):
    import plotly.graph_objects as go

    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    outputs = [output["data"] for cell in cells for output in cell.get("outputs", [])]
    figures = [data["application/vnd.plotly.v1+json"] for data in outputs if "application/vnd.plotly.v1+json" in data]
    return len([go.Figure(figure) for figure in figures])


def forbid_the_outside(event, _):
    """No cell may open a connection, look up a name or start a program."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen", "os.system"):
        raise RuntimeError(f"a notebook reached for the outside: {event}")


ACTIONS = {"validate": validate, "run": run, "plotly": plotly}

if __name__ == "__main__":
    order = json.load(sys.stdin)
    if order["action"] == "run":
        from IPython.core.interactiveshell import InteractiveShell

        InteractiveShell.instance()
        sys.addaudithook(forbid_the_outside)
    json.dump([ACTIONS[order["action"]](path) for path in order["notebooks"]], sys.stdout)
