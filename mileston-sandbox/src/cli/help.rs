//! What `--help` says.

/// The whole of it.
pub(super) const TEXT: &str = "\
mileston-sandbox: an emulation of the Mileston platform for development and tests.
It is unofficial and moves no money.

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

`serve` listens on 127.0.0.1 until it gets Ctrl-C or SIGTERM. When it is ready it prints where it
listens, the id of a business, its keys and its wallet secret. They are made anew at each start,
and all data is in memory and gone at the end, unless it is given a file.

Options of `serve`:
  -p, --port N   The port to listen on. 0 takes a free one. Without it: 7357.
      --json     Print one line of JSON instead: url, businessId, normalKey, checkoutKey,
                 walletSecret; with --live also liveNormalKey and liveCheckoutKey. With a file
                 that was there before: url and businessId.
      --live     Give out and accept live keys, too, with data of their own. They are live in
                 name only: no money moves.
      --store FILE
                 Keep data and keys in this file, which is made if there is none. What was answered
                 is on the disk. Keys and wallet secret are shown when the file is made, and not
                 again: of keys it has hashes only. The wallet secret is in it as it is, so on Unix
                 it is refused if others can read it. A file is for one `serve` at a time.
      --rate-limits
                 Refuse with 429 what is more than 100 requests a minute, 1000 an hour or 10000 a
                 day with one key. Without it there are no limits.
      --no-fault-header
                 Do not look at the header `x-sandbox-fault`, by which a call asks for a fault of
                 its own: latency=250, 429, 503, reset, answer-lost and more, see the README.
      --wrapped-sub-wallets
                 Answer with a sub wallet in `data`, not flat: the vendor's types have both.
      --own-ids-in-webhooks
                 Call ids `invoiceId` and `recurringPaymentId` in webhooks, not `paymentLinkId`: the
                 vendor shows the payload of payment links only.
      --webhooks-anywhere
                 Deliver webhooks to other machines, too. Without it they go to addresses of this
                 machine only.
      --webhooks-adversarial SEED
                 Make trouble with webhooks: twice, late, in another order, after tries that were
                 lost, and forged ones among them. The same seed makes the same trouble.
      --seed N   Draw ids and addresses from this number, and let time begin at
                 2025-01-01T00:00:00.000Z and stand until it is moved: the same requests, one after
                 the other, get the same answers. Keys are random all the same. A file keeps the
                 seed that it was made with.

What wallets send is pending for some seconds, as on a chain: 6 on eth, 2 on sui and solana, 3 on
the others. To steer a sandbox that runs, on this machine only (docs/sandbox.md has all of it):
  curl -s \"$MILESTON_URL/_sandbox/clock\" -H 'mileston-sandbox: 1' \\
       -H 'Content-Type: application/json' -d '{\"advance\":86400}'

`keys` works on a file while no `serve` does. `list` names each key by a fingerprint, which is not
secret, and says whether it is good. `create` makes a Normal key for test mode, or what --checkout
and --live say, for the first business or that of --business. `roll` makes a key in place of
another, which stays good for so many seconds (none without --overlap). `revoke` ends one now.
`roll-secret` makes another wallet secret in place of the one there is, which is good no more.

`trigger`, `logs` and `reset` steer a sandbox that runs, at http://127.0.0.1:7357 unless --url names
another. `trigger` pays something, `logs` shows what was asked of it, `reset` empties its data and
keeps its keys. Each has a --help of its own.

Which key for what:
  Normal key     Mileston_TEST_…              backend: payment links, invoices, recurring payments
  Checkout key   Mileston_TEST_CHECKOUTKEY_…  frontend: look at them, pay, ask for the payment
  Both go into the header `apikey`, with the business id in the header `businessid`.

Try it, after pasting the `export` lines that `serve` prints:
  curl -s \"$MILESTON_URL/payment-link/create\" -H 'Content-Type: application/json' \\
       -H \"apikey: $MILESTON_KEY\" -H \"businessid: $MILESTON_BUSINESS_ID\" \\
       -d '{\"amount\":\"12.50\",\"title\":\"Coffee beans\"}'
  curl -s \"$MILESTON_URL/status\"

To have payments told to an endpoint of yours (or on the page Developers):
  curl -s \"$MILESTON_URL/_sandbox/webhooks\" -H 'mileston-sandbox: curl' \\
       -H 'Content-Type: application/json' \\
       -d '{\"url\":\"http://127.0.0.1:3000/mileston\",\"token\":\"fake-webhook-token\"}'

Exit codes: 0 stopped as asked, 1 it failed (the port is in use, for instance), 2 the command
line was not understood.
";

/// On `trigger`.
pub(super) const TRIGGER: &str = "\
mileston-sandbox trigger: makes something be paid in a sandbox that runs, as a payer would.

Usage:
  mileston-sandbox trigger EVENT [ID] [--mistake MISTAKE] [--url URL] [--json]

Events:
  paymentlink-paid  A payment link is paid.
  invoice-paid      An invoice is paid.
  recurring-paid    A recurring payment is paid.

ID is that of the payment link, the invoice or the recurring payment. Without it one is made for
this: 12.50 for coffee beans, with test data, of the business that the sandbox was started with.

Mistakes, made on the simulated chain instead of paying USDC on Base; nothing reports them:
  wrong-network  USDC to the right address, on Ethereum.
  wrong-token    ETH.
  underpaid      Half of the amount.
  overpaid       1 more than the amount.
  paid-twice     The amount, two times.

Options:
      --mistake MISTAKE  Let the payer get it wrong.
      --url URL          Where the sandbox runs. Without it: http://127.0.0.1:7357.
      --json             Print a line of JSON: event, id, made, amount, page, sandbox, and after a
                         mistake mistake and payments.

The output names the sandbox: its address, where its data is, and since when it runs.

Exit codes: 0 it was paid, 1 it was not (nothing listens there, the id is unknown, it is paid
already), 2 the command line was not understood.
";

/// On `logs`.
pub(super) const LOGS: &str = "\
mileston-sandbox logs: shows what was asked of a sandbox that runs, the oldest first: number, time,
status, operation, request, key, time it took, and why it was refused. A request without an answer
has no status. The newest 500 are kept, without keys and signatures.

Usage:
  mileston-sandbox logs [--follow] [--url URL] [--json]

Options:
  -f, --follow   Show what comes as well, until Ctrl-C or SIGTERM.
      --url URL  Where the sandbox runs. Without it: http://127.0.0.1:7357.
      --json     Print a line of JSON for each, with the body that was sent.

Exit codes: 0 all was shown, 1 it was not (nothing listens there, or no more), 2 the command line
was not understood.
";

/// On `reset`.
pub(super) const RESET: &str = "\
mileston-sandbox reset: empties the data of a sandbox that runs, of all its businesses in both
modes: payment links, invoices, recurring payments, payments, sub wallets and transactions. The
wallets of a business are as at the start, with new addresses. Rules of faults are removed, and
rate limits count from nothing. Keys, the wallet secret and the request log stay.

The output names the sandbox: its address, where its data is, and since when it runs. One that
keeps its data in a file is emptied only with --yes or with its address in --url.

Usage:
  mileston-sandbox reset [--yes] [--url URL] [--json]

Options:
      --yes      Also empty a sandbox with a file when --url does not name it.
      --url URL  Where the sandbox runs. Without it: http://127.0.0.1:7357.
      --json     Print a line of JSON: removed, sandbox.

Exit codes: 0 it is empty, 1 it is not (nothing listens there, or a file needs --yes), 2 the
command line was not understood.
";

#[cfg(test)]
mod tests {
    use super::super::arguments::DEFAULT_PORT;

    #[test]
    fn the_default_port_is_the_one_that_it_tells() {
        assert!(super::TEXT.contains(&format!("Without it: {DEFAULT_PORT}.")));
        for text in [super::TEXT, super::TRIGGER, super::LOGS, super::RESET] {
            assert!(text.lines().all(|line| line.chars().count() <= 100));
            assert!(text.contains(&DEFAULT_PORT.to_string()));
        }
    }
}
