//! `operations.md`: who may call what, for people.

use std::fmt::Write as _;

use super::Context;
use crate::passes::docs;

pub(crate) fn operations(context: &Context<'_>) -> String {
    let mut text = format!(
        "# Operations of {}\n\nWho may call what, as the document's `security` says and the compiler enforces.\n",
        context.model.title
    );
    for group in &context.model.groups {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n## {}\n\n{}\n", group.tag, group.description);
        text.push_str("| call | HTTP | needs | what it does |\n| --- | --- | --- | --- |\n");
        for operation in &group.operations {
            let arguments: Vec<&str> = operation
                .required()
                .map(|parameter| parameter.ident.as_str())
                .chain(operation.body.as_ref().map(|_| "body"))
                .collect();
            let _ = writeln!(
                text,
                "| `{}().{}({})` | `{} {}` | {} | {} |",
                group.accessor,
                operation.function,
                arguments.join(", "),
                operation.method,
                operation.path,
                context.needs(operation),
                docs::one_line(&operation.summary).replace('|', "\\|"),
            );
        }
    }
    text
}
