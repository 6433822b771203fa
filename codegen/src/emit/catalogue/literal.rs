//! Long texts as literals of several lines: rustfmt leaves a row as it is if one of its lines is too long.

use proc_macro2::Literal;

/// The longest line, so that it fits into a row.
const WIDTH: usize = 80;

/// The literal of a text.
pub(super) fn broken(text: &str) -> Literal {
    let plain = Literal::string(text);
    let escaped = plain.to_string();
    if escaped.chars().count() <= WIDTH {
        return plain;
    }
    let mut lines = vec![String::new()];
    for word in escaped.split_inclusive(' ') {
        let Some(line) = lines.last_mut() else { continue };
        let fits = line.chars().count() + word.chars().count() <= WIDTH;
        // Spaces at the start of a line would be lost.
        if !line.is_empty() && !fits && !word.starts_with(' ') {
            lines.push(word.to_owned());
        } else {
            line.push_str(word);
        }
    }
    // A line that ends in a backslash goes on where the next one has something else than spaces.
    lines.join("\\\n").parse().unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use syn::LitStr;

    use super::broken;

    #[test]
    fn a_long_text_is_the_same_on_short_lines() {
        for text in [
            "short".to_owned(),
            "word ".repeat(60).trim_end().to_owned(),
            "\"C:\\ \u{1}\" ".repeat(20).trim_end().to_owned(),
            "x".repeat(200),
            format!("a {}", "x".repeat(200)),
            format!("{}{}b", "word ".repeat(15), " ".repeat(20)),
        ] {
            let literal = broken(&text).to_string();
            let read: LitStr = syn::parse_str(&literal).unwrap();
            assert_eq!(read.value(), text);
        }
        let literal = broken(&"word ".repeat(60)).to_string();
        assert!(literal.lines().all(|line| line.len() < 85), "{literal}");
    }
}
