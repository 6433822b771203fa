//! Hides a file's module declarations from rustfmt. Otherwise rustfmt would format the modules' files as well.

use std::collections::BTreeSet;

/// Returns the text with each `mod name;` replaced with `mod name {}`, which rustfmt doesn't change.
pub(super) fn hidden(text: &str) -> String {
    lines(
        text,
        |line| declared(line).is_some(),
        |line| format!("{} {{}}", line.trim_end_matches(';')),
    )
}

/// Reverses [`hidden`]: restores each `mod name;` that `original` contains.
pub(super) fn shown(text: &str, original: &str) -> String {
    let declared: BTreeSet<&str> = original.lines().filter_map(declared).collect();
    let is_hidden = |line: &str| {
        let name = line.strip_suffix(" {}").and_then(of_module);
        name.is_some_and(|name| declared.contains(name))
    };
    lines(text, is_hidden, |line| format!("{};", line.trim_end_matches(" {}")))
}

fn lines(text: &str, which: impl Fn(&str) -> bool, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches('\n');
        match which(line) {
            true => changed += &change(line),
            false => changed += line,
        }
        changed += &whole[line.len()..];
    }
    changed
}

/// Returns the name of the module that a line declares without a body.
fn declared(line: &str) -> Option<&str> {
    line.strip_suffix(';').and_then(of_module)
}

/// Returns the name in `mod name`, with or without visibility.
fn of_module(declaration: &str) -> Option<&str> {
    let (before, name) = declaration.rsplit_once("mod ")?;
    let is_visibility = matches!(before, "" | "pub " | "pub(crate) " | "pub(super) ");
    let is_name =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_visibility && is_name(name.trim_start_matches("r#"))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_modules_are_hidden_and_shown_again() {
        let text = "//! Docs: mod a;\n#[doc = \"A.\"]\npub mod a;\nmod b;\npub(crate) mod r#type;\nmod c {}\nuse a::mod_d;\n";
        let hidden = hidden(text);
        assert_eq!(
            hidden,
            "//! Docs: mod a;\n#[doc = \"A.\"]\npub mod a {}\nmod b {}\npub(crate) mod r#type {}\nmod c {}\nuse a::mod_d;\n"
        );
        assert_eq!(shown(&hidden, text), text);
        assert_eq!(shown("mod b {}", "mod b;"), "mod b;");
    }
}
