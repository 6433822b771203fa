//! What `--help` prints.

/// The output of `mileston-sandbox --help`.
pub(super) const TEXT: &str = "\
mileston-sandbox: an emulation of the Mileston platform for development and tests.
It is unofficial and moves no real money.

Usage:
  mileston-sandbox serve [--port N] [--json] [--live] [--store FILE] [--seed N]
                         [--rate-limits] [--no-fault-header]
                         [--webhooks-anywhere] [--webhooks-adversarial SEED]
                         [--wrapped-sub-wallets] [--own-ids-in-webhooks]
  mileston-sandbox keys list --store FILE [--json]
  mileston-sandbox keys create --store FILE [--json] [--checkout] [--live] [--business ID]
  mileston-sandbox keys roll FINGERPRINT --store FILE [--json] [--overlap SECONDS]
  mileston-sandbox keys revoke FINGERPRINT --store FILE [--json]
  mileston-sandbox keys roll-secret --store FILE [--json] [--business ID]
  mileston-sandbox trigger EVENT [ID] [--mistake MISTAKE] [--url URL] [--json]
  mileston-sandbox logs [--follow] [--url URL] [--json]
  mileston-sandbox reset [--url URL] [--yes] [--json]
  mileston-sandbox --help | --version

`serve` listens on 127.0.0.1 until Ctrl-C or SIGTERM. When it is ready, it prints its URL, a
business id, keys and a wallet secret. By default all data is in memory and lost on exit, and each
start creates new keys. Use --store to keep data and keys in a file.

Options of `serve`:
  -p, --port N   Listen on this port; 0 picks a free one. Default: 7357.
      --json     Print one line of JSON when ready: url, businessId, normalKey, checkoutKey,
                 walletSecret; with --live also liveNormalKey and liveCheckoutKey. With an existing
                 file: url and businessId only.
      --live     Also create and accept live keys. Live data is separate from test data. No real
                 money moves in either mode.
      --store FILE
                 Keep data and keys in this file; it is created if it doesn't exist. A write is on
                 the disk before its response is sent. Keys and the wallet secret are shown only
                 when the file is created: the file has only hashes of the keys. The wallet secret
                 is stored in plain text, so on Unix a file that others can read is refused. Only
                 one `serve` can use a file at a time.
      --rate-limits
                 Refuse requests with 429 above 100 per minute, 1000 per hour or 10000 per day and
                 key. Without it there are no limits.
      --no-fault-header
                 Ignore the header `x-sandbox-fault`, with which a request can choose its fault:
                 latency=250, 429, 503, reset, answer-lost and others (see the README).
      --wrapped-sub-wallets
                 Return a sub wallet in `data` instead of at the top level. The vendor's types have
                 both forms.
      --own-ids-in-webhooks
                 Call the ids in webhooks `invoiceId` and `recurringPaymentId` instead of
                 `paymentLinkId`. The vendor documents the payload for payment links only.
      --webhooks-anywhere
                 Also deliver webhooks to other machines. Without it they go to addresses of this
                 machine only.
      --webhooks-adversarial SEED
                 Deliver some webhooks twice, late, out of order or after lost attempts, and send
                 forged ones. The same seed produces the same faults.
      --seed N   Derive ids and addresses from this number, and stop the clock at
                 2025-01-01T00:00:00.000Z until it is moved. The same requests, one after the
                 other, then get the same responses. Keys are random even so. A file keeps the seed
                 that it was created with.

Transfers from wallets stay pending for a few seconds, as on a chain: 6 on eth, 2 on sui and
solana, 3 on the others. You can also control a running sandbox over HTTP from this machine, for
example move its clock by a day (see docs/sandbox.md):
  curl -s \"$MILESTON_URL/_sandbox/clock\" -H 'mileston-sandbox: 1' \\
       -H 'Content-Type: application/json' -d '{\"advance\":86400}'

`keys` works on a file that no `serve` is using. `list` shows each key's fingerprint, which isn't
secret, and its state. `create` creates a Normal key for test mode unless --checkout or --live is
given, for the first business unless --business names another. `roll` replaces a key; the old one
keeps working for --overlap seconds (default: 0). `revoke` disables a key at once. `roll-secret`
replaces the wallet secret; the old one stops working at once.

`trigger`, `logs` and `reset` control a running sandbox, by default http://127.0.0.1:7357 (--url
changes that). `trigger` pays something, `logs` shows requests, `reset` deletes the data and keeps
the keys. Each has its own --help.

Kinds of keys:
  Normal key     Mileston_TEST_…              backend: payment links, invoices, recurring payments
  Checkout key   Mileston_TEST_CHECKOUTKEY_…  frontend: fetch them, pay them, verify the payment
  Send either in the header `apikey`, and the business id in the header `businessid`.

To try it, paste the `export` lines that `serve` prints, then run:
  curl -s \"$MILESTON_URL/payment-link/create\" -H 'Content-Type: application/json' \\
       -H \"apikey: $MILESTON_KEY\" -H \"businessid: $MILESTON_BUSINESS_ID\" \\
       -d '{\"amount\":\"12.50\",\"title\":\"Coffee beans\"}'
  curl -s \"$MILESTON_URL/status\"

To register a webhook endpoint (also possible on the Developers page):
  curl -s \"$MILESTON_URL/_sandbox/webhooks\" -H 'mileston-sandbox: curl' \\
       -H 'Content-Type: application/json' \\
       -d '{\"url\":\"http://127.0.0.1:3000/mileston\",\"token\":\"fake-webhook-token\"}'

Exit codes: 0 success, or stopped by a signal; 1 failure, for example the port is in use;
2 invalid command line.
";

/// The output of `mileston-sandbox trigger --help`.
pub(super) const TRIGGER: &str = "\
mileston-sandbox trigger: pays something in a running sandbox, as a payer would.

Usage:
  mileston-sandbox trigger EVENT [ID] [--mistake MISTAKE] [--url URL] [--json]

Events:
  paymentlink-paid  Pay a payment link.
  invoice-paid      Pay an invoice.
  recurring-paid    Pay a recurring payment.

ID is the id of the payment link, invoice or recurring payment. Without it, a new one is created
and paid: 12.50 for coffee beans in test mode, for the business that the sandbox started with.

Mistakes of a payer, made on the simulated chain instead of paying USDC on Base. They are not
reported with save-payment:
  wrong-network  Send USDC to the right address, but on Ethereum.
  wrong-token    Send ETH.
  underpaid      Send half of the amount.
  overpaid       Send 1 more than the amount.
  paid-twice     Send the amount twice.

Options:
      --mistake MISTAKE  Pay with this mistake.
      --url URL          The URL of the sandbox. Default: http://127.0.0.1:7357.
      --json             Print one line of JSON: event, id, made, amount, page, sandbox; with
                         --mistake also mistake and payments.

The output names the sandbox: its URL, where its data is, and when it was started.

Exit codes: 0 paid; 1 not paid (nothing listens at the URL, the id is unknown, it is already paid);
2 invalid command line.
";

/// The output of `mileston-sandbox logs --help`.
pub(super) const LOGS: &str = "\
mileston-sandbox logs: shows the requests to a running sandbox, oldest first: number, time, status,
operation, request, key, duration, and why a request was refused. A request that got no response
has no status. The newest 500 are kept, without keys and signatures.

Usage:
  mileston-sandbox logs [--follow] [--url URL] [--json]

Options:
  -f, --follow   Keep showing new requests until Ctrl-C or SIGTERM.
      --url URL  The URL of the sandbox. Default: http://127.0.0.1:7357.
      --json     Print one line of JSON per request, including its body.

Exit codes: 0 success; 1 failure (nothing listens at the URL, or the sandbox stopped); 2 invalid
command line.
";

/// The output of `mileston-sandbox reset --help`.
pub(super) const RESET: &str = "\
mileston-sandbox reset: deletes the data of a running sandbox, for all businesses in both modes:
payment links, invoices, recurring payments, payments, sub wallets and transactions. The wallets of
a business get their initial balance and new addresses. Fault rules are removed, and rate limits
start counting again. Keys, wallet secrets, webhooks and the request log are kept.

The output names the sandbox: its URL, where its data is, and when it was started. If its data is
in a file, `reset` requires --yes or --url.

Usage:
  mileston-sandbox reset [--yes] [--url URL] [--json]

Options:
      --yes      Reset the sandbox even if its data is in a file and --url is not given.
      --url URL  The URL of the sandbox. Default: http://127.0.0.1:7357.
      --json     Print one line of JSON: removed, sandbox.

Exit codes: 0 success; 1 failure (nothing listens at the URL, or --yes is required); 2 invalid
command line.
";

#[cfg(test)]
mod tests {
    use super::super::arguments::DEFAULT_PORT;

    #[test]
    fn help_names_the_default_port() {
        assert!(super::TEXT.contains(&format!("Default: {DEFAULT_PORT}.")));
        for text in [super::TEXT, super::TRIGGER, super::LOGS, super::RESET] {
            assert!(text.lines().all(|line| line.chars().count() <= 100));
            assert!(text.contains(&DEFAULT_PORT.to_string()));
        }
    }
}
