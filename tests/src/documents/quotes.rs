//! Checks that the sources contain the messages and variables that a page quotes.

use super::markdown::{Kind, Piece};
use super::rust::Sources;

/// Quotations that need no source in this repository, each with the reason.
const FOREIGN: &[(&str, &str)] = &[
    ("Unexpected token", "a Node.js message in the recordings"),
    ("fetch failed", "a Node.js message in the recordings"),
];

/// The first words of commands. Commands aren't quotations; the module `commands` checks them.
const PROGRAMS: [&str; 15] = [
    "apt-get",
    "bash",
    "cargo",
    "curl",
    "docker",
    "kill",
    "mileston-sandbox",
    "node",
    "npm",
    "npx",
    "pip",
    "pipx",
    "python",
    "python3",
    "rustup",
];

/// Returns the problems with the quotations on a page.
#[must_use]
pub fn problems(page: &str, pieces: &[Piece], sources: &Sources) -> Vec<String> {
    let mut problems = Vec::new();
    for piece in pieces {
        let found = match &piece.kind {
            Kind::Code(code) => unsaid(code, sources),
            Kind::Block(info, text) if info != "text" => unread(text, sources),
            _ => continue,
        };
        problems.extend(found.into_iter().map(|found| format!("{page}:{}: {found}", piece.line)));
    }
    problems
}

/// Returns the parts of a quoted sentence that no source contains. `…` matches anything.
fn unsaid(code: &str, sources: &Sources) -> Vec<String> {
    if !is_sentence(code) || FOREIGN.iter().any(|(foreign, _)| *foreign == code) {
        return Vec::new();
    }
    let parts = code.split('…').flat_map(|part| part.split(": ")).map(str::trim);
    let unsaid = parts.filter(|part| part.len() > 1 && !sources.has_text(part));
    unsaid.map(|part| format!("no source has {part:?}, quoted as `{code}`")).collect()
}

/// Returns whether the text is several words that don't look like code.
fn is_sentence(code: &str) -> bool {
    let plain = |each: char| each.is_alphanumeric() || " .,:;'’-…".contains(each);
    let first = code.split(' ').next().unwrap_or_default();
    code.contains(' ')
        && !code.starts_with('-')
        && code.chars().all(plain)
        && !code.contains("::")
        && !code.contains(" --")
        && !PROGRAMS.contains(&first)
}

/// Returns the project's environment variables that a script mentions but no source contains.
fn unread(script: &str, sources: &Sources) -> Vec<String> {
    let words = script
        .split(|each: char| !(each.is_ascii_uppercase() || each.is_ascii_digit() || each == '_'));
    let variables = words.filter(|word| word.starts_with("MILESTON_") || *word == "GOLDEN_DIR");
    let unread = variables.filter(|name| !sources.has_word(name));
    unread.map(|name| format!("nothing reads the variable {name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::markdown::pieces;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        let source = "const A: &str = \"Not enough balance: {} is there\"; const B: &str = \"MILESTON_KEY\";";
        sources.add_rust("m", source).unwrap();
        let found = problems("a.md", &pieces(text), &sources);
        let expected: Vec<String> =
            expected.iter().map(|problem| format!("a.md:1: {problem}")).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotations_must_be_in_the_sources() {
        check("`Not enough balance: …`, `not enough\nbalance`, `cargo test`, `a::b c`", &[]);
        let wrong = "no source has \"Not enough money\", quoted as `Not enough money: …`";
        check("`Not enough money: …`", &[wrong]);
    }

    #[test]
    fn variables_in_scripts_must_be_read() {
        check("```sh\ncurl $MILESTON_KEY\n```", &[]);
        check("    MILESTON_KYE=1 x", &["nothing reads the variable MILESTON_KYE"]);
    }
}
