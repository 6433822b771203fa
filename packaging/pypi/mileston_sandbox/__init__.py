"""An emulation of the Mileston payment platform for development and tests."""

from ._control import SandboxError
from ._sandbox import Sandbox

__all__ = ["Sandbox", "SandboxError"]
