//! Indents JSON as text. Parsing it into a value could drop duplicate fields, and change numbers and the order of
//! fields.

use serde::de::IgnoredAny;

/// The maximum depth of indented JSON. Without it, a few bytes of nested brackets could become many bytes of spaces.
const DEEPEST: usize = 16;

/// Returns JSON with each field and item on its own line, or `None` if the text isn't JSON or is nested too deeply.
pub(crate) fn pretty_json(text: &str) -> Option<String> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut pretty = String::with_capacity(text.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if in_string {
            pretty.push(character);
            in_string = escaped || character != '"';
            escaped = character == '\\' && !escaped;
            continue;
        }
        match character {
            '{' | '[' => {
                pretty.push(character);
                while characters.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(close) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    pretty.push(close);
                } else {
                    depth += 1;
                    if depth > DEEPEST {
                        return None;
                    }
                    break_line(&mut pretty, depth);
                }
            }
            '}' | ']' => {
                depth -= 1;
                break_line(&mut pretty, depth);
                pretty.push(character);
            }
            ',' => {
                pretty.push(character);
                break_line(&mut pretty, depth);
            }
            ':' => pretty.push_str(": "),
            character if character.is_ascii_whitespace() => {}
            character => {
                in_string = character == '"';
                pretty.push(character);
            }
        }
    }
    Some(pretty)
}

fn break_line(pretty: &mut String, depth: usize) {
    pretty.push('\n');
    pretty.push_str(&"  ".repeat(depth));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn json_is_indented_and_keeps_its_order_and_numbers() {
        let text = r#" {"z":1.50,"a":[ ],"m":[{"x":"{,}\"\\"},1e400,{ }]}"#;
        let expected = "{\n  \"z\": 1.50,\n  \"a\": [],\n  \"m\": [\n    {\n      \"x\": \"{,}\\\"\\\\\"\n    },\n    \
                        1e400,\n    {}\n  ]\n}";
        assert_eq!(pretty_json(text).as_deref(), Some(expected));
        let deep = format!("{}1{}", "[".repeat(17), "]".repeat(17));
        for text in ["", "{", "a", "{}}", "\"a", &deep] {
            assert_eq!(pretty_json(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn indented_json_is_equivalent(name in any::<String>(), text in any::<String>(), number in any::<i64>()) {
            let value = json!({ name: [text, number, { "a": {}, "b": [[]] }] });
            let pretty = pretty_json(&value.to_string()).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&pretty).unwrap(), value);
        }
    }
}
