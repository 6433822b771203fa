//! Converts the YAML in help messages to JSON if the document is JSON. The code that creates the
//! messages always writes YAML.

use crate::{Document, Entry, Node, Value};

/// Converts the YAML mappings of a help message, in backticks and in indented lines, to JSON.
pub(super) fn in_json(help: &str) -> String {
    let mut lines = help.split('\n').peekable();
    let mut out: Vec<String> = Vec::new();
    while let Some(line) = lines.next() {
        if !line.starts_with(INDENT) {
            out.push(spans(line));
            continue;
        }
        let mut block = vec![line];
        while let Some(next) = lines.next_if(|next| next.starts_with(INDENT)) {
            block.push(next);
        }
        // A single line may end with a remark, so `choice` converts the line.
        let whole = if block.len() > 1 { mapping(&block.join("\n")) } else { None };
        match whole {
            Some(json) => out.push(format!("{INDENT}{json}")),
            // Otherwise each line is a separate alternative.
            None => out.extend(block.into_iter().map(choice)),
        }
    }
    out.join("\n")
}

const INDENT: &str = "    ";

/// Converts the parts of a line that are in backticks.
fn spans(line: &str) -> String {
    // If the number of backticks is odd, a backtick is part of a name.
    if line.matches('`').count() % 2 == 1 {
        return line.to_owned();
    }
    let parts = line.split('`').enumerate();
    let parts = parts.map(|(number, part)| match number % 2 {
        0 => part.to_owned(),
        _ => format!("`{}`", mapping(part).unwrap_or_else(|| part.to_owned())),
    });
    parts.collect()
}

/// Converts a line, which may end with a remark.
fn choice(line: &str) -> String {
    let (yaml, remark) = match line.split_once("  # ") {
        Some((yaml, remark)) => (yaml, format!("  # {}", spans(remark))),
        None => (line, String::new()),
    };
    match mapping(yaml) {
        Some(json) => format!("{INDENT}{json}{remark}"),
        None => line.to_owned(),
    }
}

/// Returns the entries of a mapping as JSON, without braces. A list item, or a mapping in braces,
/// becomes a complete object.
fn mapping(yaml: &str) -> Option<String> {
    let start = yaml.trim_start();
    let is_whole = start.starts_with("- ") || start.starts_with('{');
    let document =
        Document::parse("", &yaml.replacen("- ", "  ", usize::from(start.starts_with("- "))))
            .ok()?;
    match is_whole {
        true => Some(value(document.root())),
        false => Some(entries(document.root())),
    }
}

fn entries(node: &Node) -> String {
    let entry = |entry: &Entry| {
        // If a key has no value, only the key is written, because the user adds the value.
        let value = match entry.value.value {
            Value::Null => String::new(),
            _ => format!(" {}", value(&entry.value)),
        };
        format!("{}:{value}", serde_json::Value::from(entry.key.as_str()))
    };
    node.entries().iter().map(entry).collect::<Vec<_>>().join(", ")
}

fn value(node: &Node) -> String {
    match &node.value {
        Value::Mapping(all) if !all.is_empty() => format!("{{ {} }}", entries(node)),
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", "))
        }
        _ => node.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_json;

    #[test]
    fn yaml_to_write_becomes_json() {
        for (yaml, json) in [
            ("write `operationId: getBooks`", "write `\"operationId\": \"getBooks\"`"),
            (
                "write `in: path` and `required: true`",
                "write `\"in\": \"path\"` and `\"required\": true`",
            ),
            ("write `application/json:`", "write `\"application/json\":`"),
            ("add `- name: a` to `tags`", "add `{ \"name\": \"a\" }` to `tags`"),
            ("write `{ type: string }`", "write `{ \"type\": \"string\" }`"),
            ("write `reader: []`", "write `\"reader\": []`"),
            (
                "write\n    - name: a\n      schema: { type: string }",
                "write\n    { \"name\": \"a\", \"schema\": { \"type\": \"string\" } }",
            ),
            (
                "one of\n    security: [{ a: [] }]  # a member\n    security: []  # anyone",
                "one of\n    \"security\": [{ \"a\": [] }]  # a member\n    \"security\": []  # anyone",
            ),
        ] {
            assert_eq!(in_json(yaml), json);
        }
    }

    #[test]
    fn names_are_unchanged() {
        for text in [
            "did you mean `a`?",
            "write `https://a.example`",
            "no `#/components/schemas/A`",
            "a ` b",
            "",
            "add `(\"uuid\", \"path::of::Type\")` to `Settings::formats`",
            "add `Bound::new(\"A\", \"crate::A\", \"a and b\", &[&[\"a\", \"b\"]])` to `Settings::bounds`",
            "write `XX` in upper case",
        ] {
            assert_eq!(in_json(text), text);
        }
    }
}
