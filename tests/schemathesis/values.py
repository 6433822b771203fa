"""Values of the document's own formats, of which schemathesis knows nothing."""

import schemathesis
from hypothesis import strategies as st

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
NAME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
MAIL = {"customerEmail", "subscriberEmail"}
LARGEST = {"uint16": 2**16 - 1, "uint32": 2**32 - 1}


def digits(most):
    return st.integers(min_value=1, max_value=10**most - 1).map(str)


def amounts():
    """Positive decimal text with at most 20 digits before the point and 6 behind."""
    fractions = st.text("0123456789", min_size=1, max_size=6)
    return digits(20) | st.builds("{}.{}".format, digits(20), fractions)


def addresses():
    """Of an EVM chain, or of Sui. One of Solana is 32 bytes in base58: these are, whatever the letters."""
    hexadecimal = st.sampled_from([40, 64]).flatmap(
        lambda size: st.text("0123456789abcdef", min_size=size, max_size=size)
    )
    solana = st.text(BASE58[1:21], min_size=43, max_size=43)
    return hexadecimal.map("0x{}".format) | solana


def ids():
    """Opaque, but not empty, and of one segment of a path."""
    return st.text(NAME, min_size=1, max_size=40)


def register():
    for name in ["amount", "reported-amount", "token-amount"]:
        schemathesis.openapi.format(name, amounts())
    schemathesis.openapi.format("address", addresses())
    things = ["invoice", "on-ramp", "payment", "payment-link", "recurring-payment", "sub-wallet", "transaction"]
    for thing in things:
        schemathesis.openapi.format(f"{thing}-id", ids())


def name(schema):
    """Says which texts are e-mail addresses: the vendor's types know text only. Of a payment link it makes no difference."""
    for title, each in schema["components"]["schemas"].items():
        properties = {} if "PaymentLink" in title else each.get("properties", {})
        for field in MAIL & properties.keys():
            properties[field]["format"] = "email"


def bound(node):
    """Writes the bounds of unsigned integers where the format means them."""
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
