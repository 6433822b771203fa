//! Lossless JSON: keeps numbers as they are written, and text as UTF-16, so a lone surrogate survives.

use std::fmt;

/// A JSON value. Two values are equal only if their keys are in the same order and their numbers are written
/// identically.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A string.
    Text(Text),
    /// A list.
    Array(Vec<Json>),
    /// An object. The keys keep the order in which they are written.
    Object(Vec<(Text, Json)>),
}

/// A JavaScript string: UTF-16 code units, possibly with unpaired surrogates.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Vec<u16>);

impl Text {
    /// Creates a string from code units.
    #[must_use]
    pub fn of_units(units: Vec<u16>) -> Self {
        Text(units)
    }

    /// Returns the code units.
    #[must_use]
    pub fn units(&self) -> &[u16] {
        &self.0
    }

    /// Returns the Rust string; `None` if there is a lone surrogate.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        String::from_utf16(&self.0).ok()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text(text.encode_utf16().collect())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, text: &str) -> bool {
        self.0.iter().copied().eq(text.encode_utf16())
    }
}

/// Writes the string like `JSON.stringify`.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for unit in char::decode_utf16(self.0.iter().copied()) {
            match unit {
                Ok(c @ ('"' | '\\')) => write!(f, "\\{c}")?,
                Ok('\u{8}') => f.write_str("\\b")?,
                Ok('\t') => f.write_str("\\t")?,
                Ok('\n') => f.write_str("\\n")?,
                Ok('\u{c}') => f.write_str("\\f")?,
                Ok('\r') => f.write_str("\\r")?,
                Ok(c) if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
                Ok(c) => write!(f, "{c}")?,
                Err(alone) => write!(f, "\\u{:04x}", alone.unpaired_surrogate())?,
            }
        }
        f.write_str("\"")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Json {
    /// Returns the value of a key, if this is an object that has the key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => {
                fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// Returns the text, if this is a string without lone surrogates.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Json::Text(text) => text.text(),
            _ => None,
        }
    }
}

/// Writes compact JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Number(text) => f.write_str(text),
            Json::Text(text) => write!(f, "{text}"),
            Json::Array(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { "," } else { "" })?;
                }
                f.write_str("]")
            }
            Json::Object(fields) => {
                f.write_str("{")?;
                for (at, (key, value)) in fields.iter().enumerate() {
                    write!(f, "{}{key}:{value}", if at > 0 { "," } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}

/// Parses a complete JSON document.
///
/// # Errors
///
/// Returns an error with the byte position if the text isn't JSON.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value()?;
    reader.space();
    if reader.at == text.len() { Ok(value) } else { reader.wrong("the end") }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn wrong<T>(&self, expected: &str) -> Result<T, String> {
        Err(format!("not JSON: expected {expected} at byte {}", self.at))
    }

    fn space(&mut self) {
        self.at +=
            self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// Skips whitespace, and consumes the text if it is next.
    fn take(&mut self, next: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(next);
        self.at += if found { next.len() } else { 0 };
        found
    }

    fn value(&mut self) -> Result<Json, String> {
        if self.take("null") {
            Ok(Json::Null)
        } else if self.take("true") {
            Ok(Json::Bool(true))
        } else if self.take("false") {
            Ok(Json::Bool(false))
        } else if self.take("\"") {
            self.string().map(Json::Text)
        } else if self.take("[") {
            self.array()
        } else if self.take("{") {
            self.object()
        } else {
            self.number()
        }
    }

    fn number(&mut self) -> Result<Json, String> {
        let part = |c: char| c.is_ascii_digit() || ['-', '+', '.', 'e', 'E'].contains(&c);
        let end = self.rest().find(|c| !part(c)).unwrap_or(self.rest().len());
        let number = self.rest()[..end].to_owned();
        if number.parse::<f64>().is_err() {
            return self.wrong("a value");
        }
        self.at += end;
        Ok(Json::Number(number))
    }

    fn array(&mut self) -> Result<Json, String> {
        let mut items = Vec::new();
        if self.take("]") {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.take("]") {
                return Ok(Json::Array(items));
            }
            if !self.take(",") {
                return self.wrong("`,` or `]`");
            }
        }
    }

    fn object(&mut self) -> Result<Json, String> {
        let mut fields = Vec::new();
        if self.take("}") {
            return Ok(Json::Object(fields));
        }
        loop {
            if !self.take("\"") {
                return self.wrong("a key");
            }
            let key = self.string()?;
            if !self.take(":") {
                return self.wrong("`:`");
            }
            fields.push((key, self.value()?));
            if self.take("}") {
                return Ok(Json::Object(fields));
            }
            if !self.take(",") {
                return self.wrong("`,` or `}`");
            }
        }
    }

    /// Reads a string after its opening quotation mark.
    fn string(&mut self) -> Result<Text, String> {
        let mut units = Vec::new();
        loop {
            let Some(c) = self.rest().chars().next() else { return self.wrong("`\"`") };
            if c < ' ' {
                return self.wrong("a character that isn't a control character");
            }
            self.at += c.len_utf8();
            match c {
                '"' => return Ok(Text(units)),
                '\\' => units.push(self.escape()?),
                _ => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            }
        }
    }

    fn escape(&mut self) -> Result<u16, String> {
        let Some(c) = self.rest().chars().next() else { return self.wrong("an escape") };
        let unit = match c {
            '"' | '\\' | '/' => u32::from(c),
            'b' => 8,
            't' => 9,
            'n' => 10,
            'f' => 12,
            'r' => 13,
            'u' => return self.unit(),
            _ => return self.wrong("an escape"),
        };
        self.at += 1;
        Ok(unit as u16)
    }

    fn unit(&mut self) -> Result<u16, String> {
        let digits =
            self.rest().get(1..5).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) else {
            return self.wrong("four digits");
        };
        self.at += 5;
        Ok(unit)
    }
}

/// Returns the differences between two values, each with a place such as `body.a[0]`. The order of keys doesn't
/// matter. `1.0` and `1` differ.
#[must_use]
pub fn differences(place: &str, expected: &Json, got: &Json) -> Vec<String> {
    match (expected, got) {
        (Json::Object(expected), Json::Object(got)) => {
            let missing = expected.iter().flat_map(|(key, value)| {
                match got.iter().find(|(other, _)| other == key) {
                    Some((_, other)) => differences(&format!("{place}.{key}"), value, other),
                    None => vec![format!("{place}.{key}: expected {value}, but it is missing")],
                }
            });
            let extra =
                got.iter().filter(|(key, _)| expected.iter().all(|(other, _)| other != key));
            let extra = extra
                .map(|(key, value)| format!("{place}.{key}: unexpected, with the value {value}"));
            missing.chain(extra).collect()
        }
        (Json::Array(expected), Json::Array(got)) if expected.len() == got.len() => expected
            .iter()
            .zip(got)
            .enumerate()
            .flat_map(|(at, (expected, got))| differences(&format!("{place}[{at}]"), expected, got))
            .collect(),
        _ if expected == got => Vec::new(),
        _ => vec![format!("{place}: expected {expected}, but got {got}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        for text in [
            r#"{"b":[1.0,1e+21,-0,123456789012345678901],"a":null,"é":"x\ud800y"}"#,
            r#"[]"#,
            r#"{}"#,
            r#""\"\\\u001f\b\t\n\f\r""#,
        ] {
            assert_eq!(parse(text).unwrap().to_string(), text);
        }
        let pair = parse(r#""\ud83d\ude80\/\n""#).unwrap();
        assert_eq!(pair.text().unwrap(), "🚀/\n");
    }

    #[test]
    fn text_that_is_not_json_is_rejected() {
        for text in
            ["", "nul", "[1", "[1,]", "{\"a\" 1}", "\"a", "\"\\x\"", "\"\\ud8\"", "1 2", "+"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn differences_are_reported_by_place() {
        let (a, b) =
            (parse(r#"{"a":[1,2],"b":1}"#).unwrap(), parse(r#"{"c":1,"a":[1,2.0]}"#).unwrap());
        assert_eq!(
            differences("body", &a, &b),
            [
                "body.\"a\"[1]: expected 2, but got 2.0",
                "body.\"b\": expected 1, but it is missing",
                "body.\"c\": unexpected, with the value 1",
            ]
        );
        let reordered = parse(r#"{"b":1,"a":[1,2]}"#).unwrap();
        assert!(differences("body", &a, &reordered).is_empty());
    }
}
