import json
import os
import re

# Whether something may be told: src/consent of profiler-report in plain Python 3.8. The same tests hold for both.

_NOES = {
    "override": "an administrator or the project has switched usage statistics off",
    "opt_out_telemetry": "the job's owner opted out (opt_out_telemetry)",
    "OPT_OUT_TRACKING": "OPT_OUT_TRACKING is set in the environment",
    "DO_NOT_TRACK": "DO_NOT_TRACK is set in the environment",
    "globalPrivacyControl": "the browser asks for privacy (Global Privacy Control)",
    "PAPERMILL_EXECUTION": "papermill runs the notebook: nobody is looking",
    "CI": "this is a CI run: nobody is looking",
    "opt_out": "the notebook says opt_out=True",
    "unreadable": "what was answered cannot be understood, and may be a no",
}
_VARIABLES = ("OPT_OUT_TRACKING", "DO_NOT_TRACK", "PAPERMILL_EXECUTION", "CI")
_BLANK = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))


def _is_on(value):
    """A switch is on with anything but nothing, an empty text, 0 and false."""
    if value is None or isinstance(value, (int, float)):
        return bool(value)
    return str(value).strip(_BLANK).lower() not in ("", "0", "false")


def _environment_switches(env):
    return {name: _is_on(env.get(name)) for name in _VARIABLES}


def _decide(scope, endpoint, policy_version, choices, can_ask, switches):
    """Whether something may be sent, what decides it, and why. Any no wins; a yes counts for its endpoint and version alone."""
    if endpoint is None:
        return False, "no endpoint", "no endpoint is configured: there is nobody to tell"
    for name, reason in _NOES.items():
        if switches.get(name):
            return False, name, reason
    who, have = ("you", "have") if scope == "viewer" else (f"the operator of this {scope}", "has")
    answers = [choice for choice in choices if choice["scope"] == scope]
    if any(choice["answer"] == "denied" for choice in answers):
        return False, "choice", f"{who} said no"
    versions = [choice["policyVersion"] for choice in answers if choice["endpoint"] == endpoint]
    if policy_version in versions:
        return True, "choice", f"{who} said yes"
    if versions:
        unsaid = f"{who} said yes to an earlier version of what is sent"
    else:
        unsaid = f"{who} said yes to another endpoint" if answers else f"{who} {have} not said yes"
    if can_ask:
        return False, "no choice", unsaid
    return False, "nobody to ask", f"{unsaid}, and nobody can be asked here"


def _read_kept(text):
    """Kept answers, and whether there is more than could be understood: it may be a no. None means that nothing was ever kept."""
    try:
        kept = {} if text is None else json.loads(_plain_json(text), parse_int=float, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return [], True
    choices = kept.get("choices", []) if isinstance(kept, dict) else None
    if not isinstance(choices, list):
        return [], True
    # Part of a yes is no answer, but it surely is no no.
    known = [_is_choice(entry) or isinstance(entry, dict) and entry.get("answer") == "granted" for entry in choices]
    return [entry for entry in choices if _is_choice(entry)], not all(known)


def _plain_json(text):
    """JSON without the comments and last commas that JupyterLab's settings may have. Whatever else is no JSON stays as it is."""
    quoted = r'"[^"\\]*(?:\\[\s\S][^"\\]*)*"?'
    comment = r"//[^\n\r\u2028\u2029]*|/\*[\s\S]*?\*/|(" + quoted + r"|/\*[\s\S]*)"
    bare = re.sub(comment, lambda found: " " if found.group(1) is None else found.group(1), text)
    return re.sub(r",(?=[ \t\n\r]*[\]}])|(" + quoted + ")", lambda found: found.group(1) or "", bare)


def _refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def _is_choice(value):
    """A no counts even where the rest of it is missing; a yes only as a whole."""
    if not isinstance(value, dict) or value.get("scope") not in ("viewer", "container", "cluster"):
        return False
    whole = all(isinstance(value.get(key), kind) for key, kind in (("endpoint", str), ("policyVersion", float), ("date", str)))
    return value.get("answer") == "denied" or (value.get("answer") == "granted" and whole)


def _places(env):
    """The viewer's config folder, None where the environment names no whole path; the files of settings that JupyterLab uses in this
    environment, none where that cannot be known; those it would use in another one: a server and its kernels need not have the same."""

    def below(variable, *parts):
        base = env.get(variable, "")
        return os.path.join(base, *parts) if os.path.isabs(base) else None

    def configured(variable, *folder):
        return below(variable, *folder, "lab", "user-settings", *file)

    file = ("profiler-report-jupyterlab", "plugin.jupyterlab-settings")
    settings, config = [below("JUPYTERLAB_SETTINGS_DIR", *file)], [configured("JUPYTER_CONFIG_DIR")]
    if os.name == "nt":
        own, usual = below("APPDATA", "profiler-report"), [configured("USERPROFILE", ".jupyter")]
        of_platform = [configured("LOCALAPPDATA", "Jupyter")]
    else:
        own = below("XDG_CONFIG_HOME", "profiler-report") or below("HOME", ".config", "profiler-report")
        usual = [configured("HOME", ".jupyter")]
        of_platform = [
            configured("XDG_CONFIG_HOME", "jupyter") or configured("HOME", ".config", "jupyter"),
            configured("HOME", "Library", "Application Support", "Jupyter"),
        ]
    is_platforms = env.get("JUPYTER_PLATFORM_DIRS", "no").strip(_BLANK).lower() not in ("n", "no", "false", "off", "0", "0.0")
    in_use = of_platform if is_platforms else usual
    if env.get("JUPYTERLAB_SETTINGS_DIR"):
        in_use = settings
    elif env.get("JUPYTER_CONFIG_DIR"):
        in_use = config
    used = [path for path in in_use if path is not None]
    known = dict.fromkeys(path for path in settings + config + usual + of_platform if path is not None)
    return own, used, [path for path in known if path not in used]


def _administrator_folder(env):
    return os.path.join(env.get("PROGRAMDATA") or "C:\\ProgramData", "profiler-report") if os.name == "nt" else "/etc/profiler-report"


def _text(path):
    """None where there is no such file."""
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _says_no(path):
    """Whether a config file switches usage statistics off; one that cannot be understood may mean to."""
    try:
        text = _text(path)
        settings = {} if text is None else json.loads(text)
        return any(name.lower() == "opt_out_telemetry" and _is_on(value) for name, value in settings.items())
    except (AttributeError, ValueError, RecursionError):
        return True


def _viewer_decides(endpoint, policy_version, opt_out, env, administrator):
    """The decision of whoever runs this. Their answer is read from their own folder, never from the notebook or beside it."""
    own, used, others = _places(env)
    folders = [folder for folder in (own, administrator) if folder is not None]
    try:
        configs = ["profiler-report.config.json", *(os.path.join(folder, "config.json") for folder in folders)]
        off = next((path for path in configs if _says_no(path)), None)
        files = [*([] if own is None else [os.path.join(own, "consent.json")]), *used, *others]
        kept = [(path, *_read_kept(_text(path))) for path in files]
    except OSError as error:
        return False, "unreadable", f"what you answered cannot be read ({error})"
    # Of a file that JupyterLab does not use here a no counts, a yes does not.
    choices = [choice for path, choices, _ in kept for choice in choices if path not in others or choice["answer"] == "denied"]
    ruin = next((path for path, _, unreadable in kept if unreadable), None)
    switches = {**_environment_switches(env), "override": off is not None, "opt_out": _is_on(opt_out)}
    switches["unreadable"] = ruin is not None
    allowed, source, reason = _decide("viewer", endpoint, policy_version, choices, False, switches)
    file = {"override": off, "unreadable": ruin}.get(source)
    return allowed, source, reason if file is None else f"{reason} ({file})"
