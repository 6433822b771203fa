//! What `--help` says.

/// The whole of it.
pub(super) const TEXT: &str = "\
mileston-sandbox: an emulation of the Mileston platform for development and tests.
It is unofficial and moves no money.

Usage:
  mileston-sandbox serve [--port N] [--json] [--live] [--store FILE]
                         [--webhooks-anywhere] [--webhooks-adversarial SEED]
  mileston-sandbox keys list --store FILE [--json]
  mileston-sandbox keys create --store FILE [--json] [--checkout] [--live] [--business ID]
  mileston-sandbox keys roll FINGERPRINT --store FILE [--json] [--overlap SECONDS]
  mileston-sandbox keys revoke FINGERPRINT --store FILE [--json]
  mileston-sandbox keys roll-secret --store FILE [--json] [--business ID]
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
                 again: of keys it has hashes only. The wallet secret stands in it as it is, so on
                 Unix nobody else may read it. A file is for one `serve` at a time.
      --webhooks-anywhere
                 Deliver webhooks to other machines, too. Without it they go to addresses of this
                 machine only.
      --webhooks-adversarial SEED
                 Make trouble with webhooks: twice, late, in another order, after tries that were
                 lost, and forged ones among them. The same seed makes the same trouble.

`keys` works on a file while no `serve` does. `list` names each key by a fingerprint, which is not
secret, and says whether it is good. `create` makes a Normal key for test mode, or what --checkout
and --live say, for the first business or that of --business. `roll` makes a key in place of
another, which stays good for so many seconds (none without --overlap). `revoke` ends one now.
`roll-secret` makes another wallet secret in place of the one there is, which is good no more.

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

#[cfg(test)]
mod tests {
    use super::super::arguments::DEFAULT_PORT;

    #[test]
    fn the_default_port_is_the_one_that_it_tells() {
        assert!(super::TEXT.contains(&format!("Without it: {DEFAULT_PORT}.")));
        assert!(super::TEXT.lines().all(|line| line.chars().count() <= 100));
    }
}
