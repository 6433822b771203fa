//! Tests that the generator doesn't panic if a line of Mileston's OpenAPI document is edited: it returns files or
//! diagnostics.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use proptest::prelude::*;
use xtask::codegen::{DOCUMENT, settings};

/// A way to edit a line.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Delete,
    Repeat,
    Indent,
    Rename,
    Empty,
}

fn edit(lines: &mut Vec<String>, at: usize, edit: Edit) {
    let at = at % lines.len();
    let line = lines[at].clone();
    match edit {
        Edit::Delete => drop(lines.remove(at)),
        Edit::Repeat => lines.insert(at, line),
        Edit::Indent => lines[at] = format!("  {line}"),
        Edit::Rename => lines[at] = line.replacen(':', "2:", 1),
        Edit::Empty => {
            lines[at] = line.split_once(':').map_or(String::new(), |(key, _)| format!("{key}:"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_of_the_document_causes_a_panic(
        at in any::<prop::sample::Index>(),
        what in prop::sample::select(vec![Edit::Delete, Edit::Repeat, Edit::Indent, Edit::Rename, Edit::Empty]),
    ) {
        let text = std::fs::read_to_string(xtask::root().join(DOCUMENT)).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = at.index(lines.len());
        edit(&mut lines, at, what);
        if let Err(mistakes) = openapi_keys::generate(&lines.join("\n"), &settings()) {
            // These codes mean that the generator's own rules have a gap.
            for mistake in mistakes.list() {
                prop_assert!(!matches!(mistake.code, "progenitor" | "unrecognized" | "not-rust"), "{mistakes}");
            }
        }
    }
}
