//! Shows a call as a curl command for a shell.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::super::Entry;
use super::credentials::{is_open, is_signed, variable_of};
use crate::text::{self, word};

/// The ASCII characters that are percent-encoded in a URL, so that every shell reads the URL unchanged.
const ODD: &AsciiSet = &CONTROLS.add(b' ').add(b'\'').add(b'\\').add(b'!');

/// Returns the command. Everything that the client sent is quoted, so that a shell doesn't run it. It is also converted
/// to printable ASCII, so that pasting the command doesn't send control characters to the terminal.
pub(crate) fn curl(entry: &Entry) -> String {
    let target = utf8_percent_encode(&entry.target, ODD);
    // Without `-g`, curl expands brackets and braces in a URL.
    let glob = if entry.target.contains(['[', ']', '{', '}']) { " -g" } else { "" };
    let method = method(entry);
    let call = format!("curl -sS{glob} {method} \"$MILESTON_URL\"'{target}'");
    let (call, body) = with_body(call, &entry.body);
    let media_type = entry.content_type.as_deref().unwrap_or("application/json");
    let header = word(format!("Content-Type: {media_type}").as_bytes());
    let mut lines = vec![call, format!("-H {header}")];
    if !is_open(entry) {
        lines.push(format!("-H \"apikey: ${}\"", variable_of(entry)));
        lines.push("-H \"businessid: $MILESTON_BUSINESS_ID\"".to_owned());
    }
    if is_signed(entry) {
        lines.push(signature(&entry.body));
    }
    lines.extend(body);
    lines.join(" \\\n  ")
}

/// Returns the option for the method. With `-X HEAD`, curl would wait for a body that never comes.
fn method(entry: &Entry) -> String {
    match (entry.method.as_str(), entry.body.is_empty()) {
        ("HEAD", true) => "--head".to_owned(),
        (method, _) => format!("-X {}", word(method.as_bytes())),
    }
}

/// Adds the body to the command: as its last line, or through a pipe if the body can't be an argument.
fn with_body(call: String, body: &[u8]) -> (String, Option<String>) {
    match text::quoted(body) {
        _ if body.is_empty() => (call, None),
        Some(quoted) => (call, Some(format!("--data-raw {quoted}"))),
        None => {
            let pipe = format!("printf {} | {call}", text::format(body));
            (pipe, Some("--data-binary @-".to_owned()))
        }
    }
}

/// Returns the option with the signature of the body. An empty body is signed as `{}`.
fn signature(body: &[u8]) -> String {
    let message = text::format(if body.is_empty() { b"{}" } else { body });
    format!(
        "-H \"x-request-signature: $(printf {message} | openssl dgst -sha256 -hmac \
         \"$MILESTON_WALLET_SECRET\" -r | cut -d' ' -f1)\""
    )
}

#[cfg(test)]
mod tests {
    use mileston_api::catalogue::{CREATE_PAYMENT_LINK, GET_STATUS, SEND_PAYMENT};

    use super::*;

    #[test]
    fn a_command_quotes_everything_the_client_sent() {
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
    fn a_method_that_a_shell_would_run_is_quoted() {
        for (method, expected) in
            [("`reboot`", "'`reboot`'"), ("X|sh&", "'X|sh&'"), ("'$X", r"''\''$X'")]
        {
            let mut entry = Entry::example(&GET_STATUS, "/status", "");
            (entry.operation, entry.method) = (None, method.to_owned());
            let command = curl(&entry);
            let start = format!("curl -sS -X {expected} \"$MILESTON_URL\"'/status'");
            assert!(command.starts_with(&start), "{command}");
        }
    }

    #[test]
    fn a_command_for_head_does_not_wait_for_a_body() {
        let mut entry = Entry::example(&GET_STATUS, "/status", "");
        (entry.operation, entry.method) = (None, "HEAD".to_owned());
        let command = curl(&entry);
        assert!(command.starts_with("curl -sS --head \"$MILESTON_URL\"'/status'"), "{command}");
    }

    #[test]
    fn a_body_that_cannot_be_an_argument_goes_through_a_pipe() {
        let mut entry = Entry::example(&CREATE_PAYMENT_LINK, "/payment-link/{a}\u{9b}'", "a");
        entry.body = b"\x1b[201~\x03\n\xff\0".to_vec();
        let command = curl(&entry);
        let start = r"printf '\033[201~\003\012\377\000' | curl -sS -g -X POST ";
        assert!(command.starts_with(start), "{command}");
        assert!(command.contains("'/payment-link/{a}%C2%9B%27'"), "{command}");
        assert!(command.ends_with("--data-binary @-"), "{command}");
    }

    #[test]
    fn credentials_and_signatures_are_sent_only_if_the_operation_needs_them() {
        let open = curl(&Entry::example(&GET_STATUS, "/status", ""));
        assert!(!open.contains("apikey") && !open.contains("--data-raw"), "{open}");
        let signed = curl(&Entry::example(&SEND_PAYMENT, "/user/send-payment", "{}"));
        assert!(signed.contains("openssl dgst -sha256 -hmac \"$MILESTON_WALLET_SECRET\""));
    }
}
