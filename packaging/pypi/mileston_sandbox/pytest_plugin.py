"""Fixtures for pytest. They are available as soon as the package is installed."""

from typing import Any, Dict, Iterator

import pytest

from ._sandbox import Sandbox


@pytest.fixture(scope="session")
def mileston_sandbox_options() -> Dict[str, Any]:
    """The arguments of Sandbox. Override this fixture in conftest.py, for example to return ``{"seed": 7}``."""
    return {}


@pytest.fixture(scope="session")
def mileston_sandbox_session(mileston_sandbox_options: Dict[str, Any]) -> Iterator[Sandbox]:
    """A sandbox for all tests of a session. It starts with the first test that needs it, and isn't reset."""
    with Sandbox(**mileston_sandbox_options) as sandbox:
        yield sandbox


@pytest.fixture
def mileston_sandbox(mileston_sandbox_session: Sandbox) -> Sandbox:
    """The session's sandbox. A reset before each test deletes data and faults, but not keys, webhooks or the time."""
    mileston_sandbox_session.reset()
    return mileston_sandbox_session
