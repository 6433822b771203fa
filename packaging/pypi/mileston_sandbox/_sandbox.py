"""The Sandbox class."""

import os
from datetime import datetime
from types import TracebackType
from typing import Any, Dict, Optional, Sequence, Type

from ._binary import find_binary
from ._control import SandboxError, control
from ._process import Process

_VARIABLES = {
    "MILESTON_URL": "url",
    "MILESTON_BUSINESS_ID": "businessId",
    "MILESTON_KEY": "normalKey",
    "MILESTON_CHECKOUT_KEY": "checkoutKey",
    "MILESTON_WALLET_SECRET": "walletSecret",
    "MILESTON_LIVE_KEY": "liveNormalKey",
    "MILESTON_LIVE_CHECKOUT_KEY": "liveCheckoutKey",
    "MILESTON_SANDBOX_TOKEN": "sandboxToken",
}


class Sandbox:
    """A sandbox with its own data and keys. It runs until ``stop`` or the end of a ``with`` block.

    It also stops when this process ends, even if this process is killed. Several sandboxes can run at the same time. The
    ``repr`` of a sandbox doesn't show its keys.

        with Sandbox() as sandbox:
            print(sandbox.url, sandbox.business_id)
    """

    def __init__(
        self,
        *,
        port: int = 0,
        live: bool = False,
        seed: Optional[int] = None,
        rate_limits: bool = False,
        args: Sequence[str] = (),
        start_timeout: float = 10.0,
    ) -> None:
        """Starts the sandbox, and returns when it is ready.

        port: the port on 127.0.0.1; 0 is any free port.
        live: also creates live keys. No real money moves in either mode.
        seed: derives ids and addresses from this number, and stops the clock until ``advance`` moves it.
        rate_limits: responds with 429 above 100 requests per minute for each key, as the platform documents.
        args: more arguments of ``mileston-sandbox serve``, for example ``["--store", "shop.db"]``.
        start_timeout: how long to wait until the sandbox is ready, in seconds.

        Raises SandboxError if there is no binary for this machine, or the sandbox doesn't start.
        """
        arguments = ["--port", str(port)]
        if live:
            arguments.append("--live")
        if rate_limits:
            arguments.append("--rate-limits")
        if seed is not None:
            arguments += ["--seed", str(seed)]
        self._process = Process(find_binary(), [*arguments, *args], start_timeout)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {self.url} business_id={self.business_id!r}>"

    @property
    def url(self) -> str:
        """The sandbox's URL, for example ``http://127.0.0.1:41234``."""
        return self._credential("url")

    @property
    def business_id(self) -> str:
        """The id of the business."""
        return self._credential("businessId")

    @property
    def normal_key(self) -> str:
        """The test key for a backend."""
        return self._credential("normalKey")

    @property
    def checkout_key(self) -> str:
        """The test key for a frontend."""
        return self._credential("checkoutKey")

    @property
    def wallet_secret(self) -> str:
        """The secret that signs calls to the wallet operations."""
        return self._credential("walletSecret")

    @property
    def live_normal_key(self) -> str:
        """The live key for a backend. Needs ``live=True``."""
        return self._credential("liveNormalKey")

    @property
    def live_checkout_key(self) -> str:
        """The live key for a frontend. Needs ``live=True``."""
        return self._credential("liveCheckoutKey")

    @property
    def env(self) -> Dict[str, str]:
        """Environment variables with the URL and the keys, for a child process.

        MILESTON_URL, MILESTON_BUSINESS_ID, MILESTON_KEY, MILESTON_CHECKOUT_KEY and MILESTON_WALLET_SECRET.
        """
        ready = self._process.ready
        return {variable: ready[name] for variable, name in _VARIABLES.items() if name in ready}

    def trigger(self, event: str, id: Optional[str] = None, *, mistake: Optional[str] = None) -> Dict[str, Any]:
        """Makes a payment as a test payer, so that its webhook event is sent, and returns what was paid.

        event: ``paymentlink-paid``, ``invoice-paid`` or ``recurring-paid``.
        id: the id of the record to pay. Without an id, a new record is created and paid.
        mistake: the payer's mistake: ``wrong-network``, ``wrong-chain``, ``wrong-token``, ``underpaid``, ``overpaid`` or
            ``paid-twice``.
        """
        order = {"event": event, "id": id, "mistake": mistake}
        paid: Dict[str, Any] = self.control("POST", "trigger", _without_none(order))
        return paid

    def reset(self) -> None:
        """Deletes the data and the fault rules. Keeps the keys, the webhooks and the clock's time."""
        self.control("POST", "reset")

    def advance(self, seconds: int) -> datetime:
        """Moves the sandbox's clock forward, and returns its new time."""
        now: str = self.control("POST", "clock", {"advance": seconds})["now"]
        return datetime.fromisoformat(now.replace("Z", "+00:00"))

    def fault(
        self,
        fault: str,
        operation: Optional[str] = None,
        *,
        times: Optional[int] = None,
        every: Optional[int] = None,
        probability: Optional[float] = None,
        seed: Optional[int] = None,
    ) -> Dict[str, Any]:
        """Adds a rule that makes requests fail, and returns the rule with its id.

        By default, only the next request fails.

        fault: for example ``answer-lost``, ``503`` or ``latency=250``. The sandbox's README lists all faults.
        operation: the id of an operation in the OpenAPI document, for example ``createPaymentLink``. By default, the
            rule applies to all operations.
        times: makes the next n requests fail.
        every: makes every nth request fail.
        probability: makes each request fail with this probability, from 0 to 1.
        seed: makes ``probability`` pick the same requests in each run.
        """
        rule: Dict[str, Any] = {"fault": fault, "operation": operation, "times": times, "every": every}
        rule.update(probability=probability, seed=seed)
        added: Dict[str, Any] = self.control("POST", "faults", _without_none(rule))
        return added

    def control(self, method: str, path: str, body: Optional[Dict[str, Any]] = None) -> Any:
        """Sends any request under ``/_sandbox``, for example ``control("GET", "requests")``, and returns the response.

        Raises SandboxError if the sandbox rejects the request or was stopped.
        """
        # A sandbox that other machines can reach requires a token. It either printed the token at startup or read it
        # from the environment.
        token = self._process.ready.get("sandboxToken") or os.environ.get("MILESTON_SANDBOX_TOKEN")
        return control(self.url, token, method, path, body)

    def stop(self) -> None:
        """Stops the sandbox, and waits until it has exited. Data in memory is lost."""
        self._process.stop()

    def _credential(self, name: str) -> str:
        value = self._process.ready.get(name)
        if value is not None:
            return str(value)
        if name.startswith("live"):
            raise SandboxError(f"{name}: start the sandbox with live=True to get live keys")
        raise SandboxError(
            f"{name}: a sandbox shows its keys only when it creates its store file, and this file already existed. "
            "Use the keys that were shown when the file was created."
        )


def _without_none(fields: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
