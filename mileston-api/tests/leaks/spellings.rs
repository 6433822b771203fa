//! Encodes a credential in the ways that a server could, and decodes text in the ways that a reader could.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

/// Returns the encodings in which a server could send `text` back.
pub(crate) fn all(text: &str) -> Vec<String> {
    let bytes = |write: fn(u8) -> String| text.bytes().map(write).collect::<String>();
    let json = |text: &str| serde_json::Value::from(text).to_string();
    let percent = bytes(|byte| format!("%{byte:02x}"));
    let escaped = bytes(|byte| format!("\\u{byte:04x}"));
    let mut all = vec![
        text.to_lowercase(),
        text.to_uppercase(),
        format!("{}…", &text[..text.len() - 4]),
        format!("…{}", &text[text.len() - 11..]),
        text[text.len() - 20..text.len() - 9].to_owned(),
        bytes(|byte| format!("%{byte:02X}")),
        percent.replace('%', "%25"),
        percent,
        escaped.replace('\\', r"\\"),
        bytes(|byte| format!("\\u{byte:04X}")),
        escaped,
        bytes(|byte| format!("&#{byte};")),
        bytes(|byte| format!("&#x{byte:x};")),
        text.replace('"', "&quot;"),
        json(text),
        json(&json(text)),
        bytes(|byte| format!("{byte:02x}")),
        STANDARD.encode(text.to_lowercase()),
    ];
    // Base64 encodes groups of three bytes, so the text is also tested as part of longer strings, at different offsets
    // in a group.
    for before in ["", "key:", "user:", r#"{"k":""#] {
        all.push(STANDARD.encode(format!("{before}{text}")));
        all.push(URL_SAFE_NO_PAD.encode(format!("{before}{text}\"}}")));
    }
    all
}

/// Returns the decoded forms that differ from the text.
pub(crate) fn readings(text: &str) -> Vec<String> {
    let percent = percent_decode_str(text).decode_utf8_lossy().into_owned();
    let twice = percent_decode_str(&percent).decode_utf8_lossy().into_owned();
    let plain = unescaped(text);
    let again = unescaped(&plain);
    let mut readings = vec![percent, twice, again, plain, without_entities(text)];
    readings.retain(|reading| reading != text);
    readings.extend((0..4).map(|offset| from_base64(text, offset)));
    readings
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let number = after.strip_prefix('u').and_then(|digits| digits.get(..4));
        let letter = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match letter.and_then(char::from_u32) {
            Some(letter) => {
                plain.push(letter);
                rest = &after[5..];
            }
            None => {
                let mut letters = after.chars();
                plain.extend(letters.next());
                rest = letters.as_str();
            }
        }
    }
    plain + rest
}

fn without_entities(text: &str) -> String {
    let text = text.replace("&quot;", "\"");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("&#") {
        plain.push_str(before);
        let (number, after) = after.split_once(';').unwrap_or(("", after));
        let letter = match number.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        plain.extend(letter.ok().and_then(char::from_u32));
        rest = after;
    }
    plain + rest
}

/// Decodes every run of characters that could be base64, skipping the first `offset` characters of each run.
fn from_base64(text: &str, offset: usize) -> String {
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
    let text = text.replace('-', "+").replace('_', "/");
    let mut plain = String::new();
    for run in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '+' && c != '/') {
        let run = run.get(offset..).unwrap_or_default();
        let whole = &run[..run.len() - run.len() % 4];
        let bytes = engine.decode(whole).unwrap_or_default();
        plain.push_str(&String::from_utf8_lossy(&bytes));
        plain.push(' ');
    }
    plain
}
