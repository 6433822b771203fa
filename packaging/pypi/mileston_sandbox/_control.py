"""Sends the requests that control a sandbox."""

import json
from typing import Any, Dict, Optional
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

# The sandbox is on this machine, so a proxy can't reach it.
_OPENER = build_opener(ProxyHandler({}))
_TIMEOUT = 30


class SandboxError(Exception):
    """The sandbox can't be started, can't be reached, or has rejected a request. The message says why."""


def control(
    origin: str, token: Optional[str], method: str, path: str, body: Optional[Dict[str, Any]] = None
) -> Any:
    """Sends a request to a path under ``/_sandbox``, and returns the body of the response."""
    # Web pages can't send this header, so they can't control the sandbox. Without a token, any value works.
    headers = {"mileston-sandbox": token or "pypi"}
    data = None
    if body is not None:
        headers["content-type"] = "application/json"
        data = json.dumps(body).encode()
    request = Request(f"{origin}/_sandbox/{path}", data=data, headers=headers, method=method)
    try:
        with _OPENER.open(request, timeout=_TIMEOUT) as response:
            said = response.read()
    except HTTPError as error:
        raise SandboxError(f"{method} /_sandbox/{path}: {_message(error)}") from None
    except (URLError, OSError) as error:
        raise SandboxError(f"cannot reach the sandbox at {origin} ({error}). Was it stopped?") from error
    return json.loads(said) if said else None


def _message(error: HTTPError) -> str:
    try:
        message = json.loads(error.read())["message"]
        return ", ".join(message) if isinstance(message, list) else str(message)
    except (ValueError, KeyError, TypeError):
        return f"the sandbox responded with {error.code}"
