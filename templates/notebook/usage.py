import hashlib
import threading
import urllib.request

# Neither a cookie nor a referrer; a proxy is used where this machine has one set.
_HEADERS = "Host, User-Agent: profiler-report, Accept-Encoding: identity, Connection: close"
_JOB = re.compile(
    r"arn:aws(-[a-z]+)*:sagemaker:[a-z]{2}(-[a-z]+)+-[0-9]+:[0-9]{12}:processing-job/[A-Za-z0-9][A-Za-z0-9-]{0,62}"
)
_SECONDS = 2
# Survives another run of this cell: an opening is told once.
_TOLD = globals().get("_TOLD", set())


def _request_url(arn):
    told = hashlib.sha256(arn.encode()).hexdigest() if _HASHED else arn
    return f"{_ENDPOINT}?x-artifact-id={_ARTIFACT}&x-arn={told}"


def _send(url):
    """One attempt; never raises, never takes longer, also where a name is looked up for minutes. Returns what came of it."""
    outcome = [f"no answer within {_SECONDS} s"]

    def attempt():
        try:
            # urlopen would follow a redirect to somebody else.
            opener = urllib.request.OpenerDirector()
            for handler in (urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
                opener.add_handler(handler())
            request = urllib.request.Request(url, headers={"User-Agent": "profiler-report"})
            with opener.open(request, timeout=_SECONDS) as answer:
                outcome.append(f"answered with {answer.status}")
        except Exception as error:
            outcome.append(f"failed, {type(getattr(error, 'reason', error)).__name__}")

    try:
        thread = threading.Thread(target=attempt, daemon=True)
        thread.start()
        thread.join(_SECONDS)
    except RuntimeError:
        return "failed, no thread can be started"
    return outcome[-1]


def setup_profiler_report(processing_job_arn, opt_out=False):
    """Tells the endpoint that this report was opened where you said yes to that, and says what it did. Never raises."""
    administrator = _administrator_folder(os.environ)
    allowed, source, reason = _viewer_decides(_ENDPOINT, _POLICY_VERSION, opt_out, os.environ, administrator)
    if not (isinstance(processing_job_arn, str) and _JOB.fullmatch(processing_job_arn)):
        did = "Nothing was sent: processing_job_arn is not the ARN of a processing job."
    else:
        url = _request_url(processing_job_arn)
        request = f"GET {url} (headers {_HEADERS})"
        if _is_on(os.environ.get("PROFILER_REPORT_BEACON_DEBUG")):
            why = "PROFILER_REPORT_BEACON_DEBUG is set" if allowed else reason
            did = f"Nothing was sent: {why}. The request is {request}."
        elif not allowed:
            did = f"Nothing was sent: {reason}."
        elif processing_job_arn in _TOLD:
            did = "Nothing was sent: the one attempt of this opening was made already."
        else:
            _TOLD.add(processing_job_arn)
            did = f"One request was made: {request}: {_send(url)}."
    if source in ("choice", "nobody to ask"):  # otherwise no answer would change anything
        grant = f" To say yes: profiler-report consent grant --endpoint {_ENDPOINT}"
        did += " To say no: profiler-report consent deny" if allowed else grant
    print(did.encode("ascii", "backslashreplace").decode())
