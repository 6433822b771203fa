//! Breaks the lines of an example in rustfmt's default style.

use std::fmt::Display;

/// The maximum length of a line.
const WIDTH: usize = 90;

/// The maximum length of a chain of several calls, or of a list of several arguments, that stays on
/// one line.
const CHAIN: usize = 60;

/// The maximum length of struct fields that stay on one line.
const FIELDS: usize = 18;

const INDENT: &str = "    ";

/// Returns `let name = a.b().c();`. Without a name, returns only the chain.
pub(super) fn statement(name: Option<&str>, steps: &[String]) -> String {
    let start = name.map(|name| format!("let {name} = ")).unwrap_or_default();
    let chain = chain(steps, WIDTH.saturating_sub(start.len() + 1));
    format!("{start}{chain};")
}

/// Returns `a.b().c()` on one line if it fits in this width, and otherwise with a line for each
/// step.
pub(super) fn chain(steps: &[String], width: usize) -> String {
    let one = steps.join(".");
    // rustfmt reserves one column for a trailing `?`.
    let most = CHAIN - usize::from(one.ends_with('?'));
    let width = if steps.len() > 2 { width.min(most) } else { width };
    if steps.len() < 2 || (!one.contains('\n') && one.len() <= width) {
        return one;
    }
    let mut lines = String::new();
    for (at, step) in steps.iter().enumerate() {
        match at {
            0 => lines.push_str(step),
            _ => lines.push_str(&format!("\n{INDENT}.{}", indented(step))),
        }
    }
    lines
}

/// Returns `name(a, b)` on one line, or with a line for each argument.
pub(super) fn call(name: &str, arguments: &[String]) -> String {
    let one = arguments.join(", ");
    if arguments.len() < 2 || (!one.contains('\n') && one.len() <= CHAIN) {
        return format!("{name}({one})");
    }
    let arguments = arguments.iter().map(|it| format!("\n{INDENT}{},", indented(it)));
    format!("{name}({}\n)", arguments.collect::<String>())
}

/// Returns a struct with named fields.
pub(super) fn literal(name: &str, fields: &[(impl Display, String)]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}: {}", indented(value))).collect();
    let one = fields.join(", ");
    if one.len() <= FIELDS {
        return format!("{name} {{ {one} }}");
    }
    let fields = fields.iter().map(|field| format!("\n{INDENT}{field},"));
    format!("{name} {{{}\n}}", fields.collect::<String>())
}

/// Indents all lines except the first.
fn indented(text: &str) -> String {
    text.replace('\n', &format!("\n{INDENT}"))
}

#[cfg(test)]
mod tests {
    //! The expected strings are the output of `rustfmt` with its default configuration.

    use super::{call, literal, statement};

    fn steps(steps: &[&str]) -> Vec<String> {
        steps.iter().map(|&step| step.to_owned()).collect()
    }

    #[test]
    fn a_short_chain_stays_on_one_line() {
        let chain = steps(&["client", "books()", "list()", "await?"]);
        assert_eq!(
            statement(Some("response"), &chain),
            "let response = client.books().list().await?;"
        );
        assert_eq!(statement(None, &chain), "client.books().list().await?;");
        // The first chain has 59 characters, and the second has 60.
        let chain =
            steps(&["client", "books()", &format!("add(\"{}\")", "x".repeat(30)), "await?"]);
        assert_eq!(statement(None, &chain).lines().count(), 1);
        let chain =
            steps(&["client", "books()", &format!("add(\"{}\")", "x".repeat(31)), "await?"]);
        assert_eq!(statement(None, &chain).lines().count(), 4);
    }

    #[test]
    fn a_long_chain_has_a_line_for_each_step() {
        let title = format!("title(\"{}\")", "Maps ".repeat(6));
        let chain = steps(&["client", "books()", "add()", &title, "await?"]);
        assert_eq!(
            statement(Some("response"), &chain),
            format!("let response = client\n    .books()\n    .add()\n    .{title}\n    .await?;")
        );
    }

    #[test]
    fn a_struct_has_a_line_for_each_field() {
        let fields = [("title", "\"Maps\".to_owned()".to_owned()), ("shelf", "3".to_owned())];
        let text = literal("NewBook", &fields);
        assert_eq!(text, "NewBook {\n    title: \"Maps\".to_owned(),\n    shelf: 3,\n}");
        let chain = steps(&["client", "books()", &call("add", &[text]), "await?"]);
        assert_eq!(
            statement(Some("response"), &chain),
            "let response = client
    .books()
    .add(NewBook {
        title: \"Maps\".to_owned(),
        shelf: 3,
    })
    .await?;"
        );
    }

    #[test]
    fn a_short_struct_stays_on_one_line() {
        let fields = [("copies", "1".to_owned()), ("id", "3".to_owned())];
        assert_eq!(literal("Place", &fields), "Place { copies: 1, id: 3 }");
    }

    #[test]
    fn each_of_many_arguments_has_its_own_line() {
        let long = "\"0123456789012345678901234567890\"".to_owned();
        let short = call("move_to", &["1".to_owned(), "2".to_owned()]);
        assert_eq!(short, "move_to(1, 2)");
        let one = call("move_to", &[format!("\"{}\"", "x".repeat(70))]);
        assert_eq!(one.lines().count(), 1);
        let two = call("move_to", &[long.clone(), long.clone()]);
        assert_eq!(two, format!("move_to(\n    {long},\n    {long},\n)"));
    }
}
