//! Emits `operations.md`, which lists the operations and the credentials that they need.

use std::fmt::Write as _;

use super::Context;
use super::operations::Plan;
use crate::passes::docs;

pub(crate) fn operations(context: &Context<'_>) -> String {
    let mut text = format!(
        "# Operations of {}\n\nThe key that each call needs. The document declares it in `security`, and the compiler enforces it.\n",
        context.model.title
    );
    for group in &context.model.groups {
        // The result is ignored, because writing to a string can't fail.
        let _ = writeln!(text, "\n## {}\n\n{}\n", group.tag, group.description);
        text.push_str("| call | HTTP | needs | what it does |\n| --- | --- | --- | --- |\n");
        for operation in &group.operations {
            let plan = Plan::new(context, operation);
            let arguments = match plan.named() {
                true => format!("{} {{ … }}", plan.named_type().to_string().replace(' ', "")),
                false => {
                    let names = plan.required.iter().map(|it| it.name.to_string());
                    names.collect::<Vec<_>>().join(", ")
                }
            };
            let _ = writeln!(
                text,
                "| `{}().{}({})` | `{} {}` | {} | {} |",
                group.accessor,
                operation.function,
                arguments,
                operation.method,
                operation.path,
                context.needs(operation),
                docs::one_line(&operation.summary).replace('|', "\\|"),
            );
        }
    }
    text
}
