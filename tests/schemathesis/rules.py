"""Rules of the platform or decisions of ours that the document cannot say.

Cases that only break one of these are not sent: the document calls them good, the sandbox rightly refuses them (or the
other way round), and other tests hold the sandbox to them.
"""

EVM = {"avax", "pol", "base", "eth", "arb"}


def open(schema):
    """Values that an answer may have beside those that are known: payments by card have no name for "not yet"."""
    del schema["components"]["schemas"]["OnRampStatus"]["enum"]


def says_all(case):
    """Whether the document says all there is to know of this case."""
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
    """`env` must fit the mode of the key, and ours is a test key."""
    return place.get("env") == "prod"


def empty(place):
    """No text that is needed may be empty or blank; the document knows no shortest text, since the vendor tells none."""
    return any(value == [] or isinstance(value, str) and not value.strip() for value in place.values())


def left_out_by_null(body):
    """`null` for an optional field is as if it were left out."""
    return isinstance(body, dict) and any(value is None for value in body.values())


def id_by_number(body):
    """An id may be a whole number, which stands for its digits: the vendor's documents disagree on such things."""
    ids = ("Id", "Uuid", "UUID")
    return isinstance(body, dict) and any(
        key.endswith(ids) and isinstance(value, int) for key, value in body.items()
    )


def to_all_chains(case, body):
    """Sending to `all` chains: the vendor's types allow it, and nobody says what it would mean."""
    return case.operation.method == "post" and body.get("walletType") == "all"


def uneven(body):
    """A batch needs an amount for each recipient."""
    recipients, amounts = body.get("recipients"), body.get("amounts")
    return isinstance(recipients, list) and isinstance(amounts, list) and len(recipients) != len(amounts)


def unfit_for_evm(case, body):
    """Verifying on an EVM chain takes `evmChain`, the same as `chain`, and `walletAddress`."""
    if "/verify-payment/" not in case.operation.path or body.get("chain") not in EVM:
        return False
    return body.get("evmChain") != body["chain"] or "walletAddress" not in body
