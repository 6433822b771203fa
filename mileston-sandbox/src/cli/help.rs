//! What `--help` says.

/// The whole of it.
pub(super) const TEXT: &str = "\
mileston-sandbox: an emulation of the Mileston platform for development and tests.
It is unofficial, keeps everything in memory, and moves no money.

Usage:
  mileston-sandbox serve [--port N] [--json] [--live]
  mileston-sandbox --help | --version

`serve` listens on 127.0.0.1 until it gets Ctrl-C or SIGTERM. When it is ready it prints where it
listens, the id of a business, its keys and its wallet secret. They are made anew at each start.

Options of `serve`:
  -p, --port N   The port to listen on. 0 takes a free one. Without it: 7357.
      --json     Print one line of JSON instead: url, businessId, normalKey, checkoutKey,
                 walletSecret; with --live also liveNormalKey and liveCheckoutKey.
      --live     Give out and accept live keys, too, with data of their own. They are live in
                 name only: no money moves.

Which key for what:
  Normal key     Mileston_TEST_…              backend: payment links, invoices, recurring payments
  Checkout key   Mileston_TEST_CHECKOUTKEY_…  frontend: look at them, pay, ask for the payment
  Both go into the header `apikey`, with the business id in the header `businessid`.

Try it, after pasting the `export` lines that `serve` prints:
  curl -s \"$MILESTON_URL/payment-link/create\" -H 'Content-Type: application/json' \\
       -H \"apikey: $MILESTON_KEY\" -H \"businessid: $MILESTON_BUSINESS_ID\" \\
       -d '{\"amount\":\"12.50\",\"title\":\"Coffee beans\"}'
  curl -s \"$MILESTON_URL/status\"

Exit codes: 0 stopped as asked, 1 could not start (the port is in use, for instance), 2 the command
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
