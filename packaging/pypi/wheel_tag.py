"""Gives the wheel its platform's tag. Otherwise hatchling would mark the wheel as pure Python."""

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelTag(BuildHookInterface):  # type: ignore[type-arg]
    """Sets the tag from the variable MILESTON_BUNDLE_TAG."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_data["pure_python"] = False
        build_data["tag"] = os.environ["MILESTON_BUNDLE_TAG"]
