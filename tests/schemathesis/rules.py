"""The platform's rules, and our own decisions, that the document can't express.

Cases to which one of these rules applies aren't sent, because the sandbox correctly rejects a case that the document
allows, or accepts a case that the document forbids. Other tests check these rules.
"""

EVM = {"avax", "pol", "base", "eth", "arb"}


def open(schema):
    """Allows unknown values in responses, because the vendor doesn't document the status of an incomplete card payment."""
    del schema["components"]["schemas"]["OnRampStatus"]["enum"]


def says_all(case):
    """Returns whether the document covers this case completely."""
    if case.meta is not None and case.meta.generation.mode.is_negative:
        return not (left_out_by_null(case.body) or id_by_number(case.body))
    body = case.body if isinstance(case.body, dict) else {}
    places = [body, case.query or {}, case.headers or {}, case.path_parameters or {}]
    return not (
        any(live_in_test_mode(place) for place in places)
        or any(empty(place) for place in places)
        or body.get("recurringInterval") == 0
        or to_all_chains(case, body)
        or uneven(body)
        or unfit_for_evm(case, body)
    )


def live_in_test_mode(place):
    """Returns whether `env` selects live mode, although the key is a test key."""
    return place.get("env") == "prod"


def empty(place):
    """Returns whether a string is blank or a list is empty. The vendor doesn't document a minimum length."""
    return any(value == [] or isinstance(value, str) and not value.strip() for value in place.values())


def left_out_by_null(body):
    """Returns whether a field is `null`, which is the same as leaving it out."""
    return isinstance(body, dict) and any(value is None for value in body.values())


def id_by_number(body):
    """Returns whether an id is an integer.

    The sandbox treats such an id as text with the same digits, because the vendor's documents disagree on whether some
    other fields are text or numbers.
    """
    ids = ("Id", "Uuid", "UUID")
    return isinstance(body, dict) and any(
        key.endswith(ids) and isinstance(value, int) for key, value in body.items()
    )


def to_all_chains(case, body):
    """Returns whether the wallet type is `all`. The vendor's types allow `all`, but don't say what it means."""
    return case.operation.method == "post" and body.get("walletType") == "all"


def uneven(body):
    """Returns whether a batch doesn't have one amount for each recipient."""
    recipients, amounts = body.get("recipients"), body.get("amounts")
    return isinstance(recipients, list) and isinstance(amounts, list) and len(recipients) != len(amounts)


def unfit_for_evm(case, body):
    """Returns whether a verification request for an EVM chain has no `walletAddress`, or no `evmChain` equal to `chain`."""
    if "/verify-payment/" not in case.operation.path or body.get("chain") not in EVM:
        return False
    return body.get("evmChain") != body["chain"] or "walletAddress" not in body
