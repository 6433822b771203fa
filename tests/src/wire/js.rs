//! The arguments of a recorded call as JavaScript values. Values that JSON can't represent are tagged (see
//! `tests/golden/README.md`).

use super::json::{Json, Text};

/// A JavaScript value.
#[derive(Clone, Debug, PartialEq)]
pub enum Js {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// A boolean.
    Bool(bool),
    /// A number as JavaScript writes it, including `NaN` and `-Infinity`.
    Number(String),
    /// A string.
    Text(Text),
    /// A `Date` in the format of `toISOString`; `None` for an invalid `Date`.
    Date(Option<String>),
    /// An array.
    Array(Vec<Js>),
    /// A plain object.
    Object(Vec<(Text, Js)>),
}

static UNDEFINED: Js = Js::Undefined;

impl Js {
    /// Reads an argument.
    #[must_use]
    pub fn of(json: &Json) -> Js {
        match json {
            Json::Null => Js::Null,
            Json::Bool(value) => Js::Bool(*value),
            Json::Number(text) => Js::Number(text.clone()),
            Json::Text(text) => Js::Text(text.clone()),
            Json::Array(items) => Js::Array(items.iter().map(Js::of).collect()),
            Json::Object(fields) => tagged(fields).unwrap_or_else(|| {
                Js::Object(fields.iter().map(|(key, value)| (key.clone(), Js::of(value))).collect())
            }),
        }
    }

    /// Returns the field of an object, or `undefined` for everything else, as in JavaScript.
    #[must_use]
    pub fn get(&self, key: &str) -> &Js {
        match self {
            Js::Object(fields) => {
                fields.iter().find(|(name, _)| name == key).map_or(&UNDEFINED, |(_, value)| value)
            }
            _ => &UNDEFINED,
        }
    }

    /// Returns the result of `JSON.stringify`; `None` if it is `undefined`.
    #[must_use]
    pub fn json(&self) -> Option<Json> {
        Some(match self {
            Js::Undefined => return None,
            Js::Null | Js::Date(None) => Json::Null,
            Js::Bool(value) => Json::Bool(*value),
            Js::Number(text) => match text.as_str() {
                "NaN" | "Infinity" | "-Infinity" => Json::Null,
                "-0" => Json::Number("0".to_owned()),
                _ => Json::Number(text.clone()),
            },
            Js::Text(text) => Json::Text(text.clone()),
            Js::Date(Some(text)) => Json::Text(text.as_str().into()),
            Js::Array(items) => {
                Json::Array(items.iter().map(|item| item.json().unwrap_or(Json::Null)).collect())
            }
            Js::Object(fields) => Json::Object(
                fields
                    .iter()
                    .filter_map(|(key, value)| Some((key.clone(), value.json()?)))
                    .collect(),
            ),
        })
    }

    /// Returns whether JavaScript treats the value as false.
    #[must_use]
    pub fn is_falsy(&self) -> bool {
        match self {
            Js::Undefined | Js::Null | Js::Bool(false) => true,
            Js::Number(text) => ["0", "-0", "NaN"].contains(&text.as_str()),
            Js::Text(text) => text == "",
            _ => false,
        }
    }
}

fn tagged(fields: &[(Text, Json)]) -> Option<Js> {
    let [(tag, value)] = fields else { return None };
    match (tag.text()?.as_str(), value) {
        ("$undefined", _) => Some(Js::Undefined),
        ("$number", Json::Text(text)) => Some(Js::Number(text.text()?)),
        ("$date", Json::Text(text)) => Some(Js::Date(text.text().filter(|text| text != "invalid"))),
        ("$utf16", Json::Array(units)) => {
            let unit = |unit: &Json| match unit {
                Json::Number(text) => text.parse().ok(),
                _ => None,
            };
            units
                .iter()
                .map(unit)
                .collect::<Option<Vec<u16>>>()
                .map(|units| Js::Text(Text::of_units(units)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::parse;
    use super::*;

    #[test]
    fn tags_become_their_values() {
        let text = r#"{"a":{"$undefined":true},"b":[{"$undefined":true},{"$number":"NaN"},{"$number":"-0"}],
            "c":{"$date":"invalid"},"d":{"$date":"2025-01-31T00:00:00.000Z"},"e":{"$utf16":[55296]}}"#;
        let value = Js::of(&parse(text).unwrap());
        assert_eq!(value.get("a"), &Js::Undefined);
        assert_eq!(value.get("c"), &Js::Date(None));
        assert_eq!(
            value.json().unwrap().to_string(),
            r#"{"b":[null,null,0],"c":null,"d":"2025-01-31T00:00:00.000Z","e":"\ud800"}"#
        );
    }
}
