//! Where the lines of an example break: as rustfmt does it.

use std::fmt::Display;

/// The longest line.
const WIDTH: usize = 90;

/// `let name = a.b().c();`, on one line or with a line for each step.
pub(super) fn statement(name: &str, chain: &[String]) -> String {
    let one = format!("let {name} = {};", chain.join("."));
    let several_lines = one.lines().count() > 1;
    if (several_lines && chain.len() <= 4) || one.len() <= WIDTH {
        return one;
    }
    let mut lines = format!("let {name} = ");
    for (at, step) in chain.iter().enumerate() {
        if at > 0 {
            lines.push_str("\n    .");
        }
        lines.push_str(&step.replace('\n', if at > 0 { "\n    " } else { "\n" }));
    }
    lines.push(';');
    lines
}

/// A struct with named fields, a line for each.
pub(super) fn literal(name: &str, fields: &[(impl Display, String)]) -> String {
    let fields: String = fields
        .iter()
        .map(|(name, value)| format!("\n    {name}: {},", value.replace('\n', "\n    ")))
        .collect();
    format!("{name} {{{fields}\n}}")
}

#[cfg(test)]
mod tests {
    use super::{literal, statement};

    fn chain(steps: &[&str]) -> Vec<String> {
        steps.iter().map(|&step| step.to_owned()).collect()
    }

    #[test]
    fn a_short_chain_stays_on_one_line() {
        let chain = chain(&["client", "books()", "list()", "await?"]);
        assert_eq!(statement("response", &chain), "let response = client.books().list().await?;");
    }

    #[test]
    fn a_long_chain_has_a_line_for_each_step() {
        let title = format!("title(\"{}\")", "Maps ".repeat(12));
        let chain = chain(&["client", "books()", "add()", &title, "await?"]);
        assert_eq!(
            statement("response", &chain),
            format!("let response = client\n    .books()\n    .add()\n    .{title}\n    .await?;")
        );
    }

    #[test]
    fn a_struct_has_a_line_for_each_field() {
        let fields = [("title", "\"Maps\".to_owned()".to_owned()), ("shelf", "3".to_owned())];
        let text = literal("NewBook", &fields);
        assert_eq!(text, "NewBook {\n    title: \"Maps\".to_owned(),\n    shelf: 3,\n}");
        let chain = chain(&["client", "books()", &format!("add({text})"), "await?"]);
        assert_eq!(
            statement("response", &chain),
            "let response = client.books().add(NewBook {\n    title: \"Maps\".to_owned(),\n    shelf: 3,\n}).await?;"
        );
    }
}
