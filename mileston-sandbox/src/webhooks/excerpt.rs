//! The part of an endpoint's response that is stored: its first characters, without the token.

use mileston_api::Redactor;

/// The number of bytes to read from a response. It is more than the longest token and the excerpt together, so that a
/// token is never cut off within the excerpt.
pub(super) const READ: usize = 4 << 10;
/// The number of characters to keep.
const MAX_CHARACTERS: usize = 200;

/// Returns the start of a response, or a note if the response contains the token. Control characters are escaped, so
/// the excerpt is always one line.
pub(super) fn of(answer: &[u8], token: &str) -> String {
    if Redactor::new([token]).finds_in(answer) {
        return "(not kept: it contains the token, or a part of it)".to_owned();
    }
    let text = String::from_utf8_lossy(answer);
    let mut kept = String::new();
    for (at, letter) in text.trim().chars().enumerate() {
        match letter {
            _ if at == MAX_CHARACTERS => {
                kept.push('…');
                break;
            }
            letter if letter.is_control() => kept.extend(letter.escape_default()),
            letter => kept.push(letter),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_truncated_line() {
        assert_eq!(of(b" ok\n", "fake-token"), "ok");
        assert_eq!(of(b"a\nb\x1b[31m\xff", "fake-token"), "a\\nb\\u{1b}[31m\u{fffd}");
        assert_eq!(of(&[b'x'; READ], "fake-token"), "x".repeat(MAX_CHARACTERS) + "…");
    }

    #[test]
    fn a_response_with_the_token_is_not_kept() {
        for answer in ["fake-token", "you sent fake-token!"] {
            let kept = of(answer.as_bytes(), "fake-token");
            assert_eq!(kept, "(not kept: it contains the token, or a part of it)");
        }
        let odd = r#"quo"ted\123"#;
        for answer in [
            odd.to_owned(),
            serde_json::json!({ "you sent": odd }).to_string(),
            serde_json::json!(serde_json::json!(odd).to_string()).to_string(),
            "you sent quo%22ted%5c123".to_owned(),
            "<b>QUO&quot;ted&#92;123</b>".to_owned(),
            r"\u0071\u0075\u006f\u0022\u0074ed\u005c123".to_owned(),
            "cXVvInRlZFwxMjM=".to_owned(),
            "you sent quo\"ted\\… instead of another".to_owned(),
        ] {
            let kept = of(answer.as_bytes(), odd);
            assert!(kept.starts_with("(not kept: it contains the token"), "{answer}: {kept}");
        }
        let late = "x".repeat(READ - 5) + "fake-token";
        assert!(!of(&late.as_bytes()[..READ], "fake-token").contains("fake"));
    }
}
