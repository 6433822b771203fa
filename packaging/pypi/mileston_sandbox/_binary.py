"""Finds the sandbox's binary. Each wheel contains the binary for one platform."""

import os
import sys
from pathlib import Path

from ._control import SandboxError

_NAME = "mileston-sandbox.exe" if sys.platform == "win32" else "mileston-sandbox"
_BUILD = "cargo install --git https://github.com/mileston-rs/mileston-rs mileston-sandbox"


def find_binary() -> str:
    """Returns the path of the binary, or the value of MILESTON_SANDBOX_BINARY if it is set.

    Raises SandboxError if there is no binary, for example because the package is run from source.
    """
    own = os.environ.get("MILESTON_SANDBOX_BINARY")
    if own:
        return own
    path = Path(__file__).with_name("bin") / _NAME
    if path.is_file():
        return str(path)
    raise SandboxError(
        f"{path} is missing: this isn't an installed wheel. Install the wheel for your platform, or build the "
        f"sandbox with Rust (`{_BUILD}`) and set MILESTON_SANDBOX_BINARY to the path of the program."
    )
