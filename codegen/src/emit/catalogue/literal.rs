//! Writes long strings as multi-line literals, because rustfmt doesn't format a row with an
//! overlong line.

use proc_macro2::Literal;

/// The maximum length of a line in a row.
const WIDTH: usize = 80;

/// Returns a string as a literal, broken into lines if it is long.
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
    // After a backslash at the end of a line, the spaces at the start of the next line are skipped.
    lines.join("\\\n").parse().unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use syn::LitStr;

    use super::broken;

    #[test]
    fn breaking_a_long_string_does_not_change_it() {
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
