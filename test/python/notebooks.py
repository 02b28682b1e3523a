"""Handles many notebooks in one process: {"action": ..., "items": [...]} from stdin, a JSON list of answers to stdout."""

import ast
import json
import os
import sys
import warnings
from html.parser import HTMLParser


def validate(path):
    """What nbformat finds wrong with a notebook, its warnings included."""
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
        except Exception as error:
            return str(error)
    return None


def run(path):
    """What each code cell shows when all are run in order in the notebook's folder, by cell id."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance(colors="nocolor")
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
            "html": [d["text/html"] for d in data],
            "text": captured.stdout,
            "error": repr(error) if error else None,
        }
    return shown


def plotly(figures):
    """How many figures the plotly package takes."""
    import plotly.graph_objects as go

    return len([go.Figure(figure) for figure in figures])


SCOPES = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)


def bound(source):
    """The names a cell binds for all cells, imports aside; the source must be Python 3.9."""
    tree = ast.parse(source, feature_version=(3, 9))
    names = []
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.append(statement.name)
            continue
        inner = {id(n) for scope in ast.walk(statement) if isinstance(scope, SCOPES) for n in ast.walk(scope)}
        stored = (n for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        names += [n.id for n in stored if id(n) not in inner]
    return sorted(set(names))


def imports(source):
    """The modules a cell imports."""
    nodes = list(ast.walk(ast.parse(source)))
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return sorted(whole + [node.module for node in nodes if isinstance(node, ast.ImportFrom)])


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(f"{tag} {name}" for name, _ in attributes)

    def handle_data(self, data):
        self.text.append(data)


def elements(html):
    """What a piece of html is made of."""
    parser = Elements()
    parser.feed(html)
    parser.close()
    return {"tags": sorted(parser.tags), "attributes": sorted(parser.attributes), "text": "".join(parser.text)}


def rendered(markdown):
    """A markdown cell as nbconvert makes html of it."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    return markdown2html_mistune(markdown)


OUTSIDE = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen", "os.system")


def forbid_the_outside(event, _):
    """No cell may open a connection, look up a name or start a program."""
    if event in OUTSIDE:
        raise RuntimeError(f"a notebook reached for the outside: {event}")


ACTIONS = {action.__name__: action for action in (validate, run, plotly, bound, imports, elements, rendered, ast.literal_eval)}

if __name__ == "__main__":
    order = json.load(sys.stdin)
    if order["action"] == "run":
        from IPython.core.interactiveshell import InteractiveShell

        InteractiveShell.instance(colors="nocolor")
        sys.addaudithook(forbid_the_outside)
    answers = [ACTIONS[order["action"]](item) for item in order["items"]]
    json.dump(answers, sys.stdout)
