//! Finds forms that a generated server can't read. A form carries only text, so the schema has to
//! determine the type of each value.

use crate::check::api::{Api, Definition, list};
use crate::normalise::operations::wire::{FORMAT, STYLES};
use crate::{Diagnostic, Node, Span};

/// How many levels of nested objects a server reads.
const DEEPEST: usize = 16;
/// The maximum number of members that are examined for a field, including nested members. A
/// recursive schema can have any number of members.
const MAX: usize = 1000;

pub(super) fn readable(api: &Api<'_>, body: &Definition<'_>, title: &str) -> Option<Diagnostic> {
    if api.settings.server.is_none() || !matches!(body.node.text(FORMAT)?, "form" | "multipart") {
        return None;
    }
    let schema = body.node.get("content")?.entries().first()?.value.get("schema")?;
    let problem = of_form(api, schema, body.node.get(STYLES))?;
    Some(
        body.mistake(
            "server-body",
            format!("{title} {}, so a generated server can't read it", problem.what),
        )
        .label(problem.span, "a form carries only text, and the schema leaves the type open")
        .help(
            "give each field one type and list all fields, or generate the client without a server",
        ),
    )
}

struct Problem {
    what: String,
    span: Span,
}

fn of_form<'a>(api: &Api<'a>, schema: &'a Node, styles: Option<&Node>) -> Option<Problem> {
    let form = api.resolve(schema, "schemas")?;
    let whole = |what: &str| Some(Problem { what: what.to_owned(), span: schema.span });
    if form.has("oneOf") || form.has("anyOf") {
        return whole("can have one of several types");
    }
    let others = form.get("additionalProperties").filter(|others| others.is_mapping());
    if others
        .and_then(|it| api.resolve(it, "schemas"))
        .is_some_and(|it| it.text("type") != Some("string"))
    {
        return whole("has additional fields that aren't text");
    }
    // Fields that aren't listed are text.
    let properties = form.get("properties").map_or(&[][..], Node::entries);
    properties.iter().find_map(|property| {
        let style = styles.and_then(|styles| styles.text(&property.key));
        let what = of_field(api, &property.value, style)?;
        Some(Problem {
            what: format!("has a field `{}` that {what}", property.key),
            span: property.key_span,
        })
    })
}

/// Returns the problem with a field in this style.
fn of_field<'a>(api: &Api<'a>, schema: &'a Node, style: Option<&str>) -> Option<&'static str> {
    let target = api.resolve(schema, "schemas")?;
    match style {
        Some("json") => None,
        Some("deep") => deep(api, target, DEEPEST, &mut { MAX }),
        Some("exploded") if is_object(target) && !target.has("properties") => {
            Some("has members that its schema doesn't list")
        }
        Some("exploded") => members(api, target),
        Some(_) => members(api, target).or_else(|| {
            let values = target.get("additionalProperties").filter(|values| values.is_mapping());
            let is_open = is_object(target) && !target.has("properties");
            match values.filter(|_| is_open) {
                Some(values) => plain(api, values),
                None => is_open.then_some(AMBIGUOUS),
            }
        }),
        None => plain(api, target),
    }
}

const AMBIGUOUS: &str = "can have values of different types that look alike";

fn is_object(schema: &Node) -> bool {
    schema.text("type") == Some("object") || schema.has("properties")
}

/// Checks a value that is written as text or as a list of strings. An object is written as JSON.
fn plain<'a>(api: &Api<'a>, schema: &'a Node) -> Option<&'static str> {
    let schema = api.resolve(schema, "schemas")?;
    match schema.get("items") {
        Some(items) if !is_text_or_json(api, items) => Some(AMBIGUOUS),
        None if !is_text_or_json(api, schema) => Some(AMBIGUOUS),
        _ => None,
    }
}

/// Returns whether the schema determines that a value is JSON or a scalar of a known type.
fn is_text_or_json<'a>(api: &Api<'a>, schema: &'a Node) -> bool {
    let Some(schema) = api.resolve(schema, "schemas") else { return true };
    let alternatives = || list(schema, "oneOf").iter().chain(list(schema, "anyOf"));
    if alternatives().next().is_some() {
        return alternatives().all(|it| api.resolve(it, "schemas").is_some_and(is_object));
    }
    schema.has("enum") || schema.has("type") || schema.has("properties")
}

fn members<'a>(api: &Api<'a>, schema: &'a Node) -> Option<&'static str> {
    match schema.get("properties") {
        Some(properties) => {
            properties.entries().iter().find_map(|member| plain(api, &member.value))
        }
        None => plain(api, schema),
    }
}

fn deep<'a>(
    api: &Api<'a>,
    schema: &'a Node,
    depth: usize,
    left: &mut usize,
) -> Option<&'static str> {
    let schema = api.resolve(schema, "schemas")?;
    let (Some(below), Some(fewer)) = (depth.checked_sub(1), left.checked_sub(1)) else {
        return Some("is nested without limit");
    };
    *left = fewer;
    if schema.has("oneOf") || schema.has("anyOf") {
        return Some(AMBIGUOUS);
    }
    if let Some(items) = schema.get("items") {
        return deep(api, items, below, left);
    }
    if let Some(properties) = schema.get("properties") {
        let mut members = properties.entries().iter();
        return members.find_map(|member| deep(api, &member.value, below, left));
    }
    match schema.get("additionalProperties").filter(|values| values.is_mapping()) {
        Some(values) => deep(api, values, below, left),
        None if is_object(schema) || !is_text_or_json(api, schema) => Some(AMBIGUOUS),
        None => None,
    }
}
