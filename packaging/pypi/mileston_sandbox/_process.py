"""Starts the sandbox as a child process that never outlives this one."""

import json
import queue
import subprocess
import tempfile
import threading
from typing import IO, Any, Dict, Optional, Sequence

from ._control import SandboxError

_STOP_TIMEOUT = 5.0
#: The maximum number of bytes of standard error that an error message contains.
_KEPT = 4096


class Process:
    """A running sandbox.

    The sandbox stops when its standard input is closed. The operating system closes that input when
    this process ends, even if this process is killed.
    """

    def __init__(self, binary: str, arguments: Sequence[str], timeout: float) -> None:
        # This is a file, not a pipe: nobody reads standard error while the sandbox runs, and a full pipe would
        # block the sandbox.
        self._errors: IO[bytes] = tempfile.TemporaryFile()
        try:
            self._child = subprocess.Popen(
                [binary, "serve", "--json", "--until-stdin-closes", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        except OSError as error:
            self._errors.close()
            raise SandboxError(f"cannot run {binary}: {error}") from error
        try:
            self.ready: Dict[str, Any] = self._wait_until_ready(timeout)
        except BaseException:
            self._child.kill()
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._child.pid

    def stop(self) -> None:
        """Stops the sandbox, and waits until it has exited."""
        if self._errors.closed:
            return
        assert self._child.stdin is not None and self._child.stdout is not None
        try:
            self._child.stdin.close()
        except OSError:
            pass  # The sandbox has already exited.
        try:
            self._child.wait(_STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child.stdout.close()
        self._errors.close()

    def _wait_until_ready(self, timeout: float) -> Dict[str, Any]:
        lines: "queue.Queue[bytes]" = queue.Queue()
        output = self._child.stdout
        assert output is not None
        # A pipe has no timeout, so a thread reads it.
        threading.Thread(target=lambda: lines.put(output.readline()), daemon=True).start()
        line: Optional[bytes]
        try:
            line = lines.get(timeout=timeout)
        except queue.Empty:
            raise SandboxError(f"the sandbox wasn't ready after {timeout:g} s") from None
        if not line:
            code = self._child.wait()
            self._errors.seek(0)
            reason = self._errors.read()[-_KEPT:].decode(errors="replace").strip()
            raise SandboxError(f"the sandbox didn't start (exit code {code}): {reason or 'it printed no reason'}")
        ready: Dict[str, Any] = json.loads(line)
        return ready
