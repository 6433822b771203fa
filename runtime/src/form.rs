//! Encodes values as a form: `application/x-www-form-urlencoded` bodies, and the fields of a multipart body. Pure.
//!
//! Without a style, a property is written as OpenAPI 3.0.4 specifies for such bodies: a scalar as its text, a list as
//! one pair for each value, and an object as JSON. `null` isn't written.

use std::borrow::Cow;

use form_urlencoded::byte_serialize;

use crate::json::Json;

/// How a property of a body is written, as `encoding` in the OpenAPI document specifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldStyle {
    /// One pair for each value of a list, or one for each member of an object, under the member's name (`form`,
    /// exploded).
    Exploded,
    /// One pair, with this separator between the values of a list, or between the names and values of an object.
    Delimited(char),
    /// One pair for each nested scalar, e.g. `user[name]` or `items[0][id]` (`deepObject`). OpenAPI defines this only
    /// for flat objects. Lists and nested objects are written in the form that most servers can read.
    Deep,
    /// One pair whose value is JSON.
    Json,
    /// The default encoding, but the parts of a multipart body have this media type. If the media type is JSON, a list
    /// is a single part.
    Media(&'static str),
}

/// The styles of a body's properties, by name.
pub type FieldStyles = [(&'static str, FieldStyle)];

/// Why a value can't be written: the property, and the reason as a clause.
pub(crate) struct Problem<'a> {
    pub(crate) property: Cow<'a, str>,
    pub(crate) clause: &'static str,
}

/// Returns the body as pairs, in the order of the properties.
pub(crate) fn urlencoded<'a>(
    body: &'a Json<'_>,
    styles: &FieldStyles,
) -> Result<String, Problem<'a>> {
    let mut form = String::new();
    for (name, value) in members(body)? {
        let style = style_of(styles, name);
        pairs(&mut form, name, value, style)
            .map_err(|clause| Problem { property: Cow::Borrowed(name), clause })?;
    }
    Ok(form)
}

/// Returns the properties of a body.
pub(crate) fn members<'a, 'j>(
    body: &'a Json<'j>,
) -> Result<impl Iterator<Item = (&'a str, &'a Json<'j>)>, Problem<'a>> {
    match body {
        Json::Object(members) => Ok(members.iter().map(|(name, value)| (&**name, value))),
        _ => {
            Err(Problem { property: "body".into(), clause: "isn't an object, so it has no fields" })
        }
    }
}

pub(crate) fn style_of(styles: &FieldStyles, name: &str) -> Option<FieldStyle> {
    styles.iter().find(|(known, _)| *known == name).map(|(_, style)| *style)
}

fn pairs(
    form: &mut String,
    name: &str,
    value: &Json<'_>,
    style: Option<FieldStyle>,
) -> Result<(), &'static str> {
    match (style, value) {
        (_, Json::Null) => {}
        (Some(FieldStyle::Json), _) => pair(form, name, &json(value)),
        (Some(FieldStyle::Deep), _) => deep(form, name, value),
        (Some(FieldStyle::Delimited(separator)), Json::List(_) | Json::Object(_)) => {
            delimited(form, name, value, separator)?;
        }
        (Some(FieldStyle::Exploded), Json::Object(members)) => {
            for (name, value) in members {
                pairs(form, name, value, None)?;
            }
        }
        (_, Json::List(items)) => {
            let items = items.iter().filter(|item| **item != Json::Null);
            items.for_each(|item| pair(form, name, &text(item)));
        }
        _ => pair(form, name, &text(value)),
    }
    Ok(())
}

fn deep(form: &mut String, name: &str, value: &Json<'_>) {
    match value {
        Json::Null => {}
        Json::List(items) => {
            for (at, item) in items.iter().enumerate() {
                deep(form, &format!("{name}[{at}]"), item);
            }
        }
        Json::Object(members) => {
            for (member, value) in members {
                deep(form, &format!("{name}[{member}]"), value);
            }
        }
        _ => pair(form, name, &text(value)),
    }
}

/// Writes one pair. Commas between values are written unescaped, and other separators are escaped. A comma inside a
/// value is escaped, but any other separator inside a value is an error.
fn delimited(
    form: &mut String,
    name: &str,
    value: &Json<'_>,
    separator: char,
) -> Result<(), &'static str> {
    let mut values: Vec<Cow<'_, str>> = Vec::new();
    match value {
        Json::List(items) => {
            values.extend(items.iter().filter(|item| **item != Json::Null).map(text));
        }
        Json::Object(members) => {
            for (name, value) in members.iter().filter(|(_, value)| *value != Json::Null) {
                values.extend([Cow::Borrowed(&**name), text(value)]);
            }
        }
        _ => values.push(text(value)),
    }
    if values.is_empty() {
        return Ok(());
    }
    if values.iter().any(|value| value.is_empty()) {
        return Err("has an empty value, which can't be written in a separated list");
    }
    if separator != ',' && values.iter().any(|value| value.contains(separator)) {
        return Err("has a value that contains the separator");
    }
    let escaped: Vec<String> = values.iter().map(|value| escaped(value)).collect();
    let separator = if separator == ',' { ",".to_owned() } else { escaped_separator(separator) };
    begin(form, name);
    form.push_str(&escaped.join(&separator));
    Ok(())
}

fn escaped_separator(separator: char) -> String {
    let mut text = [0; 4];
    escaped(separator.encode_utf8(&mut text))
}

fn pair(form: &mut String, name: &str, value: &str) {
    begin(form, name);
    form.push_str(&escaped(value));
}

fn begin(form: &mut String, name: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.push_str(&escaped(name));
    form.push('=');
}

fn escaped(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// Returns a scalar as its text, and anything else as JSON.
pub(crate) fn text<'a>(value: &'a Json<'_>) -> Cow<'a, str> {
    match value {
        Json::Null => Cow::Borrowed(""),
        Json::Bool(true) => Cow::Borrowed("true"),
        Json::Bool(false) => Cow::Borrowed("false"),
        Json::Number(number) => Cow::Borrowed(number),
        Json::Text(text) => Cow::Borrowed(text),
        Json::List(_) | Json::Object(_) => Cow::Owned(json(value)),
    }
}

/// Returns a value as JSON. Numbers are written as in the original.
pub(crate) fn json(value: &Json<'_>) -> String {
    let mut text = String::new();
    write_json(&mut text, value);
    text
}

fn write_json(text: &mut String, value: &Json<'_>) {
    match value {
        Json::Null => text.push_str("null"),
        Json::Bool(_) | Json::Number(_) => text.push_str(&self::text(value)),
        Json::Text(value) => write_text(text, value),
        Json::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                write_json(text, item);
            }
            text.push(']');
        }
        Json::Object(members) => {
            text.push('{');
            for (at, (name, value)) in members.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                write_text(text, name);
                text.push(':');
                write_json(text, value);
            }
            text.push('}');
        }
    }
}

fn write_text(text: &mut String, value: &str) {
    // Writing a string as JSON never fails.
    text.push_str(&serde_json::to_string(value).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"name":"A & B","count":1.50,"on":true,"none":null,"tags":["x","y,z"],"user":{"id":7,"address":{"city":"Ürö"}},"items":[{"id":1},{"id":2}],"empty":[]}"#;

    #[track_caller]
    fn check(styles: &FieldStyles, body: &str, expected: Result<&str, &str>) {
        let json = Json::read(body).unwrap();
        let found = urlencoded(&json, styles)
            .map_err(|problem| format!("{} {}", problem.property, problem.clause));
        assert_eq!(found.as_deref().map_err(|it| &**it), expected);
    }

    #[test]
    fn without_a_style_lists_are_repeated_and_objects_are_json() {
        check(
            &[],
            BODY,
            Ok("name=A+%26+B&count=1.50&on=true&tags=x&tags=y%2Cz\
                &user=%7B%22id%22%3A7%2C%22address%22%3A%7B%22city%22%3A%22%C3%9Cr%C3%B6%22%7D%7D\
                &items=%7B%22id%22%3A1%7D&items=%7B%22id%22%3A2%7D"),
        );
        check(&[], "{}", Ok(""));
    }

    /// Tests OpenAPI's example of `encoding` with `deepObject`, and lists as in Stripe's OpenAPI document, which uses
    /// `deepObject` for them.
    #[test]
    fn deep_objects_have_a_pair_for_each_scalar() {
        check(
            &[
                ("user", FieldStyle::Deep),
                ("items", FieldStyle::Deep),
                ("tags", FieldStyle::Deep),
                ("empty", FieldStyle::Deep),
                ("name", FieldStyle::Deep),
            ],
            BODY,
            Ok("name=A+%26+B&count=1.50&on=true&tags%5B0%5D=x&tags%5B1%5D=y%2Cz\
                &user%5Bid%5D=7&user%5Baddress%5D%5Bcity%5D=%C3%9Cr%C3%B6\
                &items%5B0%5D%5Bid%5D=1&items%5B1%5D%5Bid%5D=2"),
        );
    }

    /// Tests the array and the object from the "Style Examples" table of OpenAPI 3.0.4.
    #[test]
    fn styles_are_written_as_openapi_specifies() {
        let list = r#"{"color":["blue","black","brown"]}"#;
        let object = r#"{"color":{"R":100,"G":200,"B":150}}"#;
        for (style, of_list, of_object) in [
            (FieldStyle::Exploded, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
            (FieldStyle::Delimited(','), "color=blue,black,brown", "color=R,100,G,200,B,150"),
            (
                FieldStyle::Delimited('|'),
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ),
            (FieldStyle::Delimited(' '), "color=blue+black+brown", "color=R+100+G+200+B+150"),
        ] {
            check(&[("color", style)], list, Ok(of_list));
            check(&[("color", style)], object, Ok(of_object));
        }
        check(
            &[("color", FieldStyle::Json)],
            list,
            Ok("color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D"),
        );
    }

    #[test]
    fn a_value_that_a_style_cannot_represent_is_an_error() {
        let comma = [("a", FieldStyle::Delimited(','))];
        check(&comma, r#"{"a":["x,y","z"]}"#, Ok("a=x%2Cy,z"));
        check(
            &comma,
            r#"{"a":["x",""]}"#,
            Err("a has an empty value, which can't be written in a separated list"),
        );
        check(
            &[("a", FieldStyle::Delimited('|'))],
            r#"{"a":["x|y"]}"#,
            Err("a has a value that contains the separator"),
        );
        check(&comma, r#"{"a":[]}"#, Ok(""));
        check(&comma, r#"{"a":["x",null]}"#, Ok("a=x"));
        check(&comma, r#"{"a":{"b":null,"c":1}}"#, Ok("a=c,1"));
        check(&[], "[1]", Err("body isn't an object, so it has no fields"));
    }
}
