"""Values for the document's own formats, which schemathesis doesn't support."""

import schemathesis
from hypothesis import strategies as st

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
NAME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
BUSINESS = "business-id"
LARGEST = {"uint16": 2**16 - 1, "uint32": 2**32 - 1}


def digits(most):
    return st.integers(min_value=1, max_value=10**most - 1).map(str)


def amounts():
    """Returns positive decimal text with at most 20 integer digits and 6 decimal places."""
    fractions = st.text("0123456789", min_size=1, max_size=6)
    return digits(20) | st.builds("{}.{}".format, digits(20), fractions)


def addresses():
    """Returns addresses: `0x` and hexadecimal digits for EVM chains and Sui, or 32 bytes in base58 for Solana."""
    sizes = st.sampled_from([20, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size))
    return sizes.map(lambda data: f"0x{data.hex()}") | st.binary(min_size=32, max_size=32).map(base58)


def base58(data):
    digits, rest = "", int.from_bytes(data, "big")
    while rest:
        rest, digit = divmod(rest, 58)
        digits = BASE58[digit] + digits
    return BASE58[0] * (len(data) - len(data.lstrip(b"\0"))) + digits


def ids(known):
    """Returns ids: known ids, some of deleted objects, and unknown ids. Each is one non-empty path segment."""
    return st.sampled_from(known) | st.text(NAME, min_size=1, max_size=40)


def register(known, business):
    for format in ["amount", "reported-amount", "token-amount"]:
        schemathesis.openapi.format(format, amounts())
    schemathesis.openapi.format("address", addresses())
    schemathesis.openapi.format(BUSINESS, ids([business]))
    for format, each in known.items():
        schemathesis.openapi.format(format, ids(each))


def accept_any_address(schema):
    """Removes the address format from bodies, which accept any text. Queries accept only the known formats."""
    for each in schema["components"]["schemas"].values():
        for value in each.get("properties", {}).values():
            if value.get("format") == "address":
                del value["format"]


def bound(node):
    """Adds the limits of unsigned integers to schemas with such a format."""
    if isinstance(node, dict):
        largest = LARGEST.get(node.get("format"))
        if largest is not None:
            node.setdefault("minimum", 0)
            node.setdefault("maximum", largest)
        for child in node.values():
            bound(child)
    elif isinstance(node, list):
        for child in node:
            bound(child)
