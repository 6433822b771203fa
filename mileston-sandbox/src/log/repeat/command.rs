//! A call as a command: curl, in a shell.

use super::super::Entry;
use super::{is_open, is_signed, variable_of};

/// The command. Whatever was sent stands in single quotes, in which a shell reads nothing as a command.
pub(crate) fn curl(entry: &Entry) -> String {
    let (method, target) = (word(entry.method.as_str()), quoted(&entry.target));
    let mut lines = vec![format!("curl -sS -X {method} \"$MILESTON_URL\"{target}")];
    lines.push("-H 'Content-Type: application/json'".to_owned());
    if !is_open(entry) {
        lines.push(format!("-H \"apikey: ${}\"", variable_of(entry)));
        lines.push("-H \"businessid: $MILESTON_BUSINESS_ID\"".to_owned());
    }
    if is_signed(entry) {
        lines.push(signature(&entry.body));
    }
    if !entry.body.is_empty() {
        lines.push(format!("--data-raw {}", quoted(&entry.body)));
    }
    lines.join(" \\\n  ")
}

/// An empty body is signed as `{}`.
fn signature(body: &str) -> String {
    let message = quoted(if body.is_empty() { "{}" } else { body });
    format!(
        "-H \"x-request-signature: $(printf %s {message} | openssl dgst -sha256 -hmac \
         \"$MILESTON_WALLET_SECRET\" -r | cut -d' ' -f1)\""
    )
}

/// As it is if it is letters only. A method of HTTP may have `` ` ``, `|`, `&` and `$`, too.
fn word(text: &str) -> String {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::{CREATE_PAYMENT_LINK, GET_STATUS, SEND_PAYMENT};

    use super::*;

    #[test]
    fn a_call_becomes_a_command_in_which_nothing_runs_that_was_sent() {
        let body = r#"{"amount":"1","title":"It's $(whoami) `id`"}"#;
        let entry = Entry::example(&CREATE_PAYMENT_LINK, "/payment-link/create", body);
        assert_eq!(
            curl(&entry),
            r#"curl -sS -X POST "$MILESTON_URL"'/payment-link/create' \
  -H 'Content-Type: application/json' \
  -H "apikey: $MILESTON_KEY" \
  -H "businessid: $MILESTON_BUSINESS_ID" \
  --data-raw '{"amount":"1","title":"It'\''s $(whoami) `id`"}'"#
        );
    }

    #[test]
    fn a_method_that_a_shell_would_run_is_quoted_as_well() {
        for (method, expected) in
            [("`reboot`", "'`reboot`'"), ("X|sh&", "'X|sh&'"), ("'$X", r"''\''$X'")]
        {
            let mut entry = Entry::example(&GET_STATUS, "/status", "");
            (entry.operation, entry.method) = (None, method.parse().unwrap());
            let command = curl(&entry);
            let start = format!("curl -sS -X {expected} \"$MILESTON_URL\"'/status'");
            assert!(command.starts_with(&start), "{command}");
        }
    }

    #[test]
    fn what_is_open_has_no_credentials_and_what_is_signed_is_signed() {
        let open = curl(&Entry::example(&GET_STATUS, "/status", ""));
        assert!(!open.contains("apikey") && !open.contains("--data-raw"), "{open}");
        let signed = curl(&Entry::example(&SEND_PAYMENT, "/user/send-payment", "{}"));
        assert!(signed.contains("openssl dgst -sha256 -hmac \"$MILESTON_WALLET_SECRET\""));
    }
}
