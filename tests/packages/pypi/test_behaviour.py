"""Tests what the README's programs don't cover: errors, secrets, and several sandboxes."""

from datetime import datetime, timezone

import pytest

from mileston_sandbox import Sandbox, SandboxError


def test_a_printed_sandbox_shows_no_secret(mileston_sandbox: Sandbox) -> None:
    shown = f"{mileston_sandbox!r} {mileston_sandbox} {vars(mileston_sandbox)}"
    assert mileston_sandbox.business_id in shown
    for secret in (mileston_sandbox.normal_key, mileston_sandbox.checkout_key, mileston_sandbox.wallet_secret):
        assert len(secret) > 20 and secret not in shown


def test_a_child_process_gets_what_serve_exports(mileston_sandbox: Sandbox) -> None:
    assert mileston_sandbox.env == {
        "MILESTON_URL": mileston_sandbox.url,
        "MILESTON_BUSINESS_ID": mileston_sandbox.business_id,
        "MILESTON_KEY": mileston_sandbox.normal_key,
        "MILESTON_CHECKOUT_KEY": mileston_sandbox.checkout_key,
        "MILESTON_WALLET_SECRET": mileston_sandbox.wallet_secret,
    }


def test_two_sandboxes_share_nothing(mileston_sandbox: Sandbox) -> None:
    with Sandbox(live=True) as other:
        assert other.url != mileston_sandbox.url
        assert other.live_normal_key.startswith("Mileston_LIVE_")
    other.stop()
    with pytest.raises(SandboxError, match="cannot reach the sandbox at .* Was it stopped"):
        other.reset()


def test_the_options_in_conftest_apply(mileston_sandbox_session: Sandbox) -> None:
    now = mileston_sandbox_session.advance(60)
    assert now == datetime(2025, 1, 1, 0, 1, tzinfo=timezone.utc)


def test_a_payer_makes_a_mistake(mileston_sandbox: Sandbox) -> None:
    paid = mileston_sandbox.trigger("invoice-paid", mistake="underpaid")
    assert (paid["amount"], paid["mistake"]) == ("12.50", "underpaid")


def test_a_fault_is_a_rule(mileston_sandbox: Sandbox) -> None:
    rule = mileston_sandbox.fault("503", "listPaymentLinks", times=2)
    assert mileston_sandbox.control("GET", "faults")["faults"][0]["id"] == rule["id"]
    mileston_sandbox.reset()
    assert mileston_sandbox.control("GET", "faults")["faults"] == []


def test_a_rejected_request_says_why(mileston_sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="POST /_sandbox/trigger: .*event"):
        mileston_sandbox.trigger("nothing-paid")
    with pytest.raises(SandboxError, match="start the sandbox with live=True"):
        mileston_sandbox.live_normal_key


def test_a_sandbox_that_does_not_start_says_why(
    mileston_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(mileston_sandbox.url.rsplit(":", 1)[1])
    with pytest.raises(SandboxError, match=rf"the sandbox didn't start \(exit code 1\): .*{port}"):
        Sandbox(port=port)
    with pytest.raises(SandboxError, match=r"exit code 2\): .*--no-such-flag"):
        Sandbox(args=["--no-such-flag"])
    monkeypatch.setenv("MILESTON_SANDBOX_BINARY", "/no/such/program")
    with pytest.raises(SandboxError, match="cannot run /no/such/program: "):
        Sandbox()
