//! Defines recognisable credentials, searches text for any part of them, and records what all crates log through `log`.

use std::collections::HashSet;
use std::error::Error as _;
use std::sync::{LazyLock, Mutex, Once};

use mileston_api::Error;

use super::spellings;

/// The part of the key that may be shown.
pub(crate) const PUBLIC: &str = "Mileston_TEST_";
pub(crate) const PRIVATE: &str = "qZ7xW3vK9mJ5tR1pL8sD4fG6hY2";
/// A recognisable key. It is assembled from two parts so that nothing in the repository looks like a leaked key.
pub(crate) const KEY: &str = concat!("Mileston_TEST_", "qZ7xW3vK9mJ5tR1pL8sD4fG6hY2");

/// A recognisable wallet secret. It contains characters that JSON and URLs escape.
pub(crate) const SECRET: &str = "wN6bV\"5cX8z/A1+eQ4u=T0iO3";

/// The minimum length of a match that can't be a coincidence.
const PART: usize = 6;

/// Returns a part of a credential if the text contains one. Ignores case, and also finds a part that is encoded or is
/// written as a list of numeric byte values.
pub(crate) fn found(text: &str) -> Option<String> {
    let decoded = spellings::readings(text);
    found_in(text).or_else(|| decoded.iter().find_map(|text| found_plain(text)))
}

/// Finds only unencoded parts, in one pass, because a search for each part would take too long in large bodies.
fn found_plain(text: &str) -> Option<String> {
    static PARTS: LazyLock<HashSet<Vec<u8>>> = LazyLock::new(|| {
        let parts = [PRIVATE, SECRET].iter().flat_map(|secret| secret.as_bytes().windows(PART));
        parts.map(<[u8]>::to_ascii_lowercase).collect()
    });
    let lower = text.to_ascii_lowercase();
    let part = lower.as_bytes().windows(PART).find(|part| PARTS.contains(*part))?;
    Some(String::from_utf8_lossy(part).into_owned())
}

fn found_in(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let start = format!("{PUBLIC}{}", &PRIVATE[..1]).to_lowercase();
    if text.contains(&start) {
        return Some(start);
    }
    [PRIVATE, SECRET]
        .iter()
        .flat_map(|secret| secret.as_bytes().windows(PART))
        .flat_map(spellings)
        .find(|part| text.contains(part))
}

fn spellings(part: &[u8]) -> [String; 4] {
    let plain = String::from_utf8_lossy(part).to_lowercase();
    let list = |write: fn(&u8) -> String, separator| {
        part.iter().map(write).collect::<Vec<_>>().join(separator)
    };
    [
        plain,
        list(|byte| format!("{byte}"), ", "),
        list(|byte| format!("{byte:x}"), ", "),
        list(|byte| format!("{byte:02x}"), ""),
    ]
}

#[track_caller]
pub(crate) fn check(what: &str, text: &str) {
    let part = found(text);
    assert!(part.is_none(), "{what} shows {part:?}: {text}");
}

/// Checks every string that an error can produce.
#[track_caller]
pub(crate) fn check_error(what: &str, error: &Error) {
    let mut texts = vec![format!("{error} {error:?} {error:#?}")];
    let mut source = error.source();
    while let Some(cause) = source {
        texts.push(format!("{cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    texts.push(format!("{:?} {:?}", error.messages(), error.error_name()));
    texts.push(format!("{:?} {:?}", error.json_path(), error.retry_after()));
    texts.push(String::from_utf8_lossy(error.body().unwrap_or_default()).into_owned());
    for (name, value) in error.headers().into_iter().flatten() {
        texts.push(format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    }
    for text in texts {
        check(what, &text);
    }
}

struct Log;

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Returns the records that all crates write to `log`. The first call to this function starts the recording.
pub(crate) fn log() -> &'static Mutex<Vec<String>> {
    static START: Once = Once::new();
    START.call_once(|| {
        log::set_logger(&Log).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    &LINES
}

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LINES.lock().unwrap().push(format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}
