//! Decides how a parameter is written, or why it can't be written, following the "Style Examples"
//! table in OpenAPI 3.0.4 and 3.1.1.

use super::kind::{self, Kind};
use crate::model::{Form, Style, StyleName};
use crate::{Entry, Node, Span};

/// The style and the kind of a parameter.
pub(super) struct Written {
    pub(super) style: Style,
    pub(super) kind: Kind,
    /// The position of the parameter's `content`, if its media type isn't JSON. The argument for
    /// such a parameter is text.
    pub(super) media: Option<Span>,
    /// Why the declared style isn't allowed in this place. Such a style is ignored for a single
    /// value, and is an error for a list or an object.
    pub(super) ignored: Option<Unwritable>,
}

/// The reason why a parameter can't be written.
pub(crate) struct Unwritable {
    /// The position of the cause in the document.
    pub(crate) span: Span,
    pub(crate) code: &'static str,
    /// A phrase that completes "the parameter is …".
    pub(crate) what: String,
    /// What to write instead.
    pub(crate) help: String,
}

pub(super) fn of(components: &Node, parameter: &Node, place: &str) -> Result<Written, Unwritable> {
    let usual = StyleName::usual(place).unwrap_or(StyleName::Form);
    if let Some(content) = parameter.entry("content") {
        return with_media(content, place, usual);
    }
    let kind = kind::of(components, parameter.get("schema"));
    let form = match kind {
        Kind::Scalar | Kind::Unknown => Form::Single,
        Kind::List(_) => Form::List,
        Kind::Object => Form::Object,
        Kind::Deep => {
            let span = parameter.get("schema").map_or(parameter.span, |schema| schema.span);
            return Err(Unwritable {
                span,
                code: "parameter-type",
                what:
                    "a list or object that contains lists or objects, which no style can represent"
                        .to_owned(),
                help:
                    "if the service reads JSON, write `content` with `application/json` instead of \
                       `schema`"
                        .to_owned(),
            });
        }
    };
    match style(parameter, place, usual, form) {
        Ok(style) => Ok(Written { style, kind, media: None, ignored: None }),
        Err(Refused::Foreign(ignored)) if form == Form::Single => {
            Ok(Written { style: Style::single(usual), kind, media: None, ignored: Some(ignored) })
        }
        Err(Refused::Foreign(why) | Refused::Undefined(why)) => Err(why),
    }
}

/// Decides how a parameter with `content` is written.
fn with_media(content: &Entry, place: &str, usual: StyleName) -> Result<Written, Unwritable> {
    let mut medias = content.value.entries().iter().filter(|media| !media.key.starts_with("x-"));
    let span = content.key_span;
    if !medias.next().is_some_and(|media| is_json(&media.key)) {
        let style = Style::single(usual);
        return Ok(Written { style, kind: Kind::Scalar, media: Some(span), ignored: None });
    }
    if place == "cookie" {
        return Err(Unwritable {
            span,
            code: "parameter-content",
            what: "JSON in a cookie, which can't contain quotes or commas".to_owned(),
            help: "write a `schema` instead of `content`".to_owned(),
        });
    }
    let style = Style { form: Form::Json, ..Style::single(usual) };
    Ok(Written { style, kind: Kind::Unknown, media: None, ignored: None })
}

/// The reason why the style of a parameter can't be used.
enum Refused {
    /// The style isn't allowed in this place.
    Foreign(Unwritable),
    /// OpenAPI doesn't define the style for this kind of value.
    Undefined(Unwritable),
}

fn style(parameter: &Node, place: &str, usual: StyleName, form: Form) -> Result<Style, Refused> {
    let given = parameter.entry("style");
    let unwritable = |key: &str, what: String, help: String| {
        let span = parameter.get(key).map_or(parameter.span, |node| node.span);
        Unwritable { span, code: "parameter-style", what, help }
    };
    let way = match given {
        None => usual,
        Some(entry) => {
            let named = entry.value.as_str().and_then(StyleName::of);
            named.filter(|way| way.is_in(place)).ok_or_else(|| {
                let what = format!("written in a style that isn't allowed in the {place}");
                let help = format!("write `style: {}`", usual.name());
                Refused::Foreign(unwritable("style", what, help))
            })?
        }
    };
    let explode = parameter.get("explode").and_then(Node::as_bool);
    // OpenAPI's default is `true` only for `form`, but `deepObject` requires `true`.
    let explode = explode.unwrap_or(matches!(way, StyleName::Form | StyleName::DeepObject));
    let flag = |key: &str| place == "query" && parameter.is_true(key);
    let style = Style {
        form,
        way,
        // For a single value, `explode` makes no difference.
        explode: explode && form != Form::Single,
        reserved: flag("allowReserved"),
        empty: flag("allowEmptyValue") && form == Form::List && way == StyleName::Form,
    };
    let undefined = |key, what: &str, help: &str| {
        Err(Refused::Undefined(unwritable(key, what.to_owned(), help.to_owned())))
    };
    match (way, form) {
        (StyleName::SpaceDelimited | StyleName::PipeDelimited, Form::Single) => undefined(
            "style",
            &format!(
                "a single value with the style `{}`, which is only for lists and objects",
                way.name()
            ),
            "remove `style`",
        ),
        (StyleName::SpaceDelimited | StyleName::PipeDelimited, _) if explode => undefined(
            "explode",
            &format!(
                "written in the style `{}` with `explode: true`, a combination that OpenAPI doesn't define",
                way.name()
            ),
            "write `explode: false`",
        ),
        (StyleName::DeepObject, Form::Single | Form::List | Form::Json) => undefined(
            "style",
            "written in the style `deepObject`, which is only for objects",
            "remove `style`",
        ),
        (StyleName::DeepObject, Form::Object) if !explode => undefined(
            "explode",
            "written in the style `deepObject` with `explode: false`, a combination that OpenAPI doesn't define",
            "write `explode: true`",
        ),
        (StyleName::Form, Form::List) if explode && place == "cookie" => undefined(
            if parameter.has("explode") { "explode" } else { "name" },
            "a list of cookies with the same name, which servers can't distinguish",
            "write `explode: false`",
        ),
        _ => Ok(style),
    }
}

/// Returns whether a media type is JSON.
fn is_json(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}
