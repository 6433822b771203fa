"""Runs the ``mileston-sandbox`` command: passes its arguments to the binary, and exits with the binary's exit code."""

import os
import subprocess
import sys

from ._binary import find_binary
from ._control import SandboxError


def main() -> None:
    """Replaces this process with the sandbox. On Windows, starts the sandbox and waits until it exits."""
    try:
        binary = find_binary()
        arguments = [binary, *sys.argv[1:]]
        if sys.platform == "win32":
            # On Windows, `execv` would return to the shell while the sandbox is still running.
            sys.exit(_wait(subprocess.Popen(arguments)))
        os.execv(binary, arguments)
    except (SandboxError, OSError) as error:
        sys.exit(f"mileston-sandbox: {error}")


def _wait(process: "subprocess.Popen[bytes]") -> int:
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # Ctrl-C also reaches the sandbox, so the sandbox exits by itself.
            continue


if __name__ == "__main__":
    main()
