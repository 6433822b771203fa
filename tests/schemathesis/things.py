"""Creates objects in the sandbox, so that some calls use an id that exists."""

import requests

COUNT = 12
RECIPIENT = "0x1111111111111111111111111111111111111111"
INVOICE = {
    "amount": "100.00",
    "itemName": "Example service",
    "customerEmail": "customer@example.com",
    "dueDate": "2031-01-31T00:00:00.000Z",
}
RECURRING = {
    "amount": "100.00",
    "subscriptionName": "Example plan",
    "subscriberFullName": "Example Subscriber",
    "subscriberEmail": "subscriber@example.com",
    "recurringDate": "2031-02-01T00:00:00.000Z",
    "recurringInterval": 30,
}


def make(url, auth):
    """Creates objects, and returns their ids, grouped by the ids' formats in the document. The test deletes some of the objects."""

    def call(method, path, body=None):
        answer = requests.request(method, url + path, json=body, auth=auth, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def many(path, body, *where):
        for _ in range(COUNT):
            found = call("POST", path, body)
            for key in where:
                found = found[key]
            yield found

    shop = "?businessName=Example"
    payment = {"amount": "0.01", "recipientAddress": RECIPIENT, "walletType": "base"}
    on_ramp = f"/checkout/onramp-data?amount=100.00&recipientWalletAddress={RECIPIENT}&chain=eth"
    ids = {
        "payment-link-id": list(many("/payment-link/create", {"amount": "100.00"}, "paymentData", "paymentLinkId")),
        "invoice-id": list(many(f"/invoice/create{shop}", INVOICE, "invoiceData", "invoiceId")),
        "recurring-payment-id": list(
            many(f"/recurring-payment/create{shop}", RECURRING, "recurringPaymentData", "recurringPaymentId")
        ),
        "sub-wallet-id": list(many("/user/sub-wallet", None, "uuid")),
        "transaction-id": list(many("/user/send-payment", payment, "transactionUUID")),
        "on-ramp-id": [call("GET", on_ramp)["data"]["id"] for _ in range(COUNT)],
    }
    kinds = ["payment-link-id", "invoice-id", "recurring-payment-id"]
    ids["payment-id"] = [each for kind in kinds for each in ids[kind]]
    return ids
