//! Reads plain scalars according to the core schema of YAML 1.2 (section 10.3.2). Unlike in YAML
//! 1.1, `no` and `1:30` are strings.

use std::borrow::Cow;

use serde_json::Number;

use super::Value;

/// Returns the value of a scalar without quotes. For a number that JSON can't represent, such as
/// `.inf`, `.nan` or `1e999`, returns the text as an error.
pub(super) fn resolve(text: Cow<'_, str>) -> Result<Value, Cow<'_, str>> {
    // Most scalars are words, so words are handled first.
    if !text.starts_with(may_have_meaning) {
        return Ok(if text.is_empty() { Value::Null } else { string(text) });
    }
    match &*text {
        "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        written if is_not_finite(written) => Err(text),
        written => match number(written) {
            Found::Number(number) => Ok(Value::Number(number)),
            Found::TooLarge => Err(text),
            Found::No => Ok(string(text)),
        },
    }
}

/// Returns whether a scalar with this first character may be something other than a string.
fn may_have_meaning(first: char) -> bool {
    matches!(first, '~' | 'n' | 'N' | 't' | 'T' | 'f' | 'F' | '-' | '+' | '.' | '0'..='9')
}

/// Returns a string as a value.
pub(super) fn string(text: Cow<'_, str>) -> Value {
    Value::String(shrunk(text))
}

/// Returns a string without the parser's spare capacity.
pub(super) fn shrunk(text: Cow<'_, str>) -> String {
    let mut text = text.into_owned();
    text.shrink_to_fit();
    text
}

/// Returns whether a plain scalar is a decimal integer, like the keys under `responses`.
pub(super) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

enum Found {
    Number(Number),
    TooLarge,
    No,
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn number(text: &str) -> Found {
    let radix = match text.get(..2) {
        Some("0x") => Some(16),
        Some("0o") => Some(8),
        _ => None,
    };
    if let Some(radix) = radix {
        // `from_str_radix` would accept a sign, but the core schema doesn't.
        let digits = text[2..].starts_with(|first: char| first.is_digit(radix));
        return match u64::from_str_radix(&text[2..], radix) {
            Ok(value) if digits => Found::Number(value.into()),
            _ => Found::No,
        };
    }
    if is_integer(text) {
        let text = text.strip_prefix('+').unwrap_or(text);
        if let Ok(value) = text.parse::<u64>() {
            return Found::Number(value.into());
        }
        if let Ok(value) = text.parse::<i64>() {
            return Found::Number(value.into());
        }
    } else if !is_float(text) {
        return Found::No;
    }
    match text.parse::<f64>().ok().and_then(Number::from_f64) {
        Some(value) => Found::Number(value),
        None => Found::TooLarge,
    }
}

/// Matches `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_is_number =
        digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    mantissa_is_number && exponent.is_none_or(is_integer)
}

#[cfg(test)]
mod tests {
    use super::{Value, resolve};
    use crate::{Node, Span};

    fn check(text: &str, expected: &str) {
        let found = match resolve(text.into()) {
            Err(_) => "not finite".to_owned(),
            Ok(Value::String(text)) => format!("string {text}"),
            Ok(value) => Node { span: Span::default(), value }.to_string(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, expected) in [
            ("", "null"),
            ("~", "null"),
            ("nULL", "string nULL"),
            ("True", "true"),
            ("no", "string no"),
            ("on", "string on"),
            ("0", "0"),
            ("-12", "-12"),
            ("+12", "12"),
            ("012", "12"),
            ("0o17", "15"),
            ("0xfF", "255"),
            ("0x+1", "string 0x+1"),
            ("0x", "string 0x"),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "1.8446744073709552e+19"),
            ("1.", "1.0"),
            (".5", "0.5"),
            ("-1.5e3", "-1500.0"),
            ("1e3", "1000.0"),
            ("1e", "string 1e"),
            ("e3", "string e3"),
            (".", "string ."),
            ("-", "string -"),
            ("1_000", "string 1_000"),
            ("1:30", "string 1:30"),
            ("2024-01-01", "string 2024-01-01"),
            ("3.0.3", "string 3.0.3"),
            ("inf", "string inf"),
            ("nan", "string nan"),
            ("é1", "string é1"),
            ("-.inf", "not finite"),
            (".NaN", "not finite"),
            ("1e999", "not finite"),
        ] {
            check(text, expected);
        }
    }
}
