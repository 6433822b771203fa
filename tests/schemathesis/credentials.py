"""The credentials that an operation's security requires."""

import hashlib
import hmac

import requests


class Credentials(requests.auth.AuthBase):
    """Adds credentials when the request is ready to send, because the signature covers the exact bytes of the body."""

    def __init__(self, given):
        self.given = given

    def __call__(self, request):
        path = request.path_url
        if path == "/status":
            return request
        key = "checkoutKey" if path.startswith("/checkout/") else "normalKey"
        request.headers["apikey"] = self.given[key]
        request.headers["businessid"] = self.given["business"]
        if path.startswith("/user/"):
            request.headers["x-request-signature"] = self.signature(request.body)
        return request

    def signature(self, body):
        """Returns the HMAC-SHA256 of the body, or of `{}` if there is none."""
        message = body or b"{}"
        if isinstance(message, str):
            message = message.encode()
        secret = self.given["walletSecret"].encode()
        return hmac.new(secret, message, hashlib.sha256).hexdigest()
