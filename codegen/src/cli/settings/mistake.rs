//! Describes errors in a settings file: the file, the line, the key and the most similar known key.

use std::fmt::Write as _;

use crate::cli::screen::brief;

/// Keys and words that are less similar than this aren't suggested.
const ALIKE: f64 = 0.7;

/// Returns the message for an error from toml or serde.
pub(super) fn text(name: &str, text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| {
        let before = text.get(..span.start).unwrap_or(text);
        before.matches('\n').count() + 1
    });
    let place = line.map_or_else(String::new, |line| format!(":{line}"));
    let message = error.message();
    let mut out = format!("{name}{place}: {}", brief(message.trim(), 2_000));
    if let Some(nearest) = nearest(message) {
        // The result is ignored, because writing to a string can't fail.
        let _ = write!(out, "\nhelp: did you mean `{nearest}`?");
    }
    out
}

/// Finds the known word that is most similar to the unknown one in a message such as "unknown field
/// `modul`, expected one of `command`, `module`".
fn nearest(message: &str) -> Option<&str> {
    if !message.starts_with("unknown ") {
        return None;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    let alike = |known: &str| strsim::jaro_winkler(unknown, known);
    quoted
        .map(|known| (alike(known), known))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::super::file::File;
    use super::text;

    #[track_caller]
    fn check(settings: &str, expected: &[&str]) {
        let error = toml::from_str::<File>(settings).err().unwrap();
        let shown = text("keys.toml", settings, &error);
        for part in expected {
            assert!(shown.contains(part), "{part:?} must be in:\n{shown}");
        }
    }

    #[test]
    fn unknown_keys_and_words_are_reported_with_the_nearest_known_one() {
        check(
            "runtime = '::rt'\nmodul = 'crate::a'\n",
            &["keys.toml:2: unknown field `modul`", "did you mean `module`?"],
        );
        check("scoped_schemes = []", &["keys.toml:1:", "did you mean `scoped-schemes`?"]);
        check("strictness = 'lenint'", &["keys.toml:1:", "`lenint`", "did you mean `lenient`?"]);
        check("unsecured = 'opne'", &["keys.toml:1:", "`opne`", "did you mean `open`?"]);
        let bound = "[[bounds]]\nname = 'A'\npth = 'crate::A'\nneeds = ''\nrequirement = []";
        check(bound, &["keys.toml:3: unknown field `pth`", "did you mean `path`?"]);
    }

    #[test]
    fn other_mistakes_are_reported_with_their_line() {
        check("\nmodule = 3", &["keys.toml:2: invalid type: integer `3`, expected a string"]);
        check("module = ", &["keys.toml:1: "]);
        check("[[conversions]]\ntype = 'crate::A'", &["keys.toml:1: missing field `path`"]);
    }
}
