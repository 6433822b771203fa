//! Emits an example for each operation, built from the examples in the document. Each example
//! compiles as a doctest.

mod layout;
mod literals;

use serde_json::Value;

use super::operations::{Argument, Body, Plan, Source};
use super::{Context, choices};
use crate::model::{Group, Property, Schema, SchemaKind, Servers, Shape};
use crate::names;
use crate::passes::arguments::{Takes, need_names};
use crate::passes::std_types::option;
use literals::{is_text, written};

/// Returns the section with an operation's example. Returns an empty string if the settings don't
/// enable examples, or if `steps` returns `None`.
pub(super) fn operation(context: &Context<'_>, group: &Group, plan: &Plan<'_>) -> String {
    let Some(settings) = &context.settings.examples else { return String::new() };
    let Some(steps) = steps(context, plan) else { return String::new() };
    let client = context
        .bound(plan.operation)
        .map_or(settings.open_client.as_str(), |bound| bound.client.as_str());
    let mentioned =
        |name: &&String| client.split(|c: char| !c.is_alphanumeric()).any(|part| part == *name);
    let mut imports: Vec<&str> =
        settings.imports.iter().filter(mentioned).map(String::as_str).collect();
    for module in ["operations", "types"] {
        if steps.iter().any(|step| step.contains(&format!("{module}::"))) {
            imports.push(module);
        }
    }
    let chain = ["client".to_owned(), format!("{}()", group.accessor)].into_iter().chain(steps);
    let chain: Vec<String> = chain.chain(["await?".to_owned()]).collect();
    let (krate, imports) = (&settings.krate, imports.join(", "));
    let accessor = shown(context, plan);
    let call = layout::statement(accessor.map(|_| "response"), &chain);
    let shown = accessor.map(|name| format!("println!(\"{{}}\", response.{name}()?);\n"));
    let shown = shown.unwrap_or_default();
    format!(
        "# Examples\n\n```no_run\n# use {krate}::{{{imports}}};\n# async fn example(client: &{client}) -> \
         Result<(), Box<dyn std::error::Error>> {{\n{call}\n{shown}# Ok(())\n# }}\n```",
    )
}

/// Returns the accessor of the response's first `expected` property that can be printed.
fn shown<'a>(context: &Context<'a>, plan: &Plan<'_>) -> Option<&'a str> {
    let name = plan.operation.answer.as_deref()?;
    if context.settings.hooks.types.contains_key(name) {
        return None;
    }
    let SchemaKind::Object(properties) = &context.model.schema(name)?.kind else { return None };
    let is_printable = |shape: &Shape| match shape {
        Shape::Integer(_) | Shape::Number(_) => true,
        shape => is_text(shape),
    };
    let property = properties.iter().find(|each| each.expected && is_printable(&each.shape))?;
    Some(&property.ident)
}

/// Returns the method with its arguments, followed by the setters. Returns `None` if the document
/// has no example for a required value, or if the caller passes the body as one value.
fn steps(context: &Context<'_>, plan: &Plan<'_>) -> Option<Vec<String>> {
    if matches!(plan.body, Some(Body::Whole(_) | Body::Raw)) {
        return None;
    }
    let named = plan.named();
    let mut required = Vec::new();
    for argument in &plan.required {
        let place = if named { Place::Field } else { Place::Argument };
        required.push((&argument.name, value(context, plan, argument, place)?));
    }
    let arguments = if named {
        let ty = plan.named_type().to_string().replace(' ', "");
        let module = if ty.starts_with("types::") { "" } else { "operations::" };
        vec![layout::literal(&format!("{module}{ty}"), &required)]
    } else {
        required.into_iter().map(|(_, value)| value).collect()
    };
    let mut steps = vec![layout::call(&plan.operation.function, &arguments)];
    for argument in plan.optional.iter().filter(|it| matches!(it.source, Source::Property(_))) {
        if let Some(value) = value(context, plan, argument, Place::Setter) {
            steps.push(layout::call(&argument.name.to_string(), &[value]));
        }
    }
    Some(steps)
}

/// The maximum width of the chain that creates a nested object. It is smaller than the width of a
/// line, because the chain is indented and follows a name.
const NESTED: usize = 60;

/// Where a value is written in an example.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Argument,
    Setter,
    /// A struct field with the type of the value.
    Field,
}

fn value(
    context: &Context<'_>,
    plan: &Plan<'_>,
    argument: &Argument<'_>,
    place: Place,
) -> Option<String> {
    match argument.source {
        Source::Server => {
            let Servers::Choice { variable, choices: values, .. } = &plan.operation.servers else {
                return None;
            };
            let variants = choices::variants(variable, values);
            Some(format!("operations::{}::{}", names::pascal(variable), variants.first()?))
        }
        Source::Parameter(parameter) => {
            let given = parameter.example.as_ref()?;
            plain(context, &parameter.shape, &argument.takes, given, place)
        }
        Source::Property(property) => {
            let given = plan.operation.body_example.as_ref()?.get(&property.name)?;
            of_property(context, property, &argument.takes, given, place)
        }
        Source::Body | Source::File(_) => None,
    }
}

fn plain(
    context: &Context<'_>,
    shape: &Shape,
    takes: &Takes,
    given: &Value,
    place: Place,
) -> Option<String> {
    match (given, takes) {
        (Value::String(text), Takes::Text) if place == Place::Field => {
            Some(format!("{text:?}.to_owned()"))
        }
        (Value::String(text), Takes::Text | Takes::Converted(_)) if place != Place::Field => {
            Some(format!("{text:?}"))
        }
        _ => written(context, shape, given),
    }
}

/// Returns the argument for a property. The setter of a nullable property accepts anything that
/// converts to a `Nullable`, so rustc can infer the type of a parsed string only if the argument is
/// a `Some`.
fn of_property(
    context: &Context<'_>,
    property: &Property,
    takes: &Takes,
    given: &Value,
    place: Place,
) -> Option<String> {
    if !property.nullable {
        return plain(context, &property.shape, takes, given, place);
    }
    if given.is_null() {
        return Some("None".to_owned());
    }
    let value = written(context, &property.shape, given)?;
    Some(match (property.required, is_text(&property.shape)) {
        (false, true) => value,
        (true, true) => format!("Some({value}.to_owned())"),
        (_, false) => format!("Some({value})"),
    })
}

/// Returns the constructor and the setters that create the example of a nested object.
fn object(context: &Context<'_>, schema: &Schema, value: &Value) -> Option<String> {
    let SchemaKind::Object(properties) = &schema.kind else { return None };
    let fields = context.fields.get(&schema.ident)?;
    let value = value.as_object()?;
    let mut required = Vec::new();
    let mut setters = Vec::new();
    // The user doesn't provide the values that the client fills in.
    for property in properties.iter().filter(|property| property.is_given()) {
        let (_, ty) = fields.iter().find(|(name, _)| *name == property.ident)?;
        let bare = if property.required { ty } else { option(ty).unwrap_or(ty) };
        let takes = Takes::of(bare, context.settings);
        match value.get(&property.name) {
            // Without a required value, the constructor would have too few arguments.
            None if property.required => return None,
            None => {}
            Some(given) if property.required => required.push((property, bare, takes, given)),
            Some(given) => {
                let value = of_property(context, property, &takes, given, Place::Setter)?;
                let refusable = if takes.can_fail() && !property.nullable { "?" } else { "" };
                setters.push(layout::call(&property.ident, &[value]) + refusable);
            }
        }
    }
    let named = need_names(required.iter().map(|(_, ty, takes, _)| (*ty, takes)));
    let place = if named { Place::Field } else { Place::Argument };
    let mut values = Vec::new();
    for (property, _, takes, given) in &required {
        values.push((&property.ident, of_property(context, property, takes, given, place)?));
    }
    let refusable = !named && required.iter().any(|(_, _, takes, _)| takes.can_fail());
    let refusable = if refusable { "?" } else { "" };
    let arguments = match named {
        true => vec![layout::literal(&format!("types::{}Required", schema.ident), &values)],
        false => values.into_iter().map(|(_, value)| value).collect(),
    };
    let new = layout::call(&format!("types::{}::new", schema.ident), &arguments) + refusable;
    let steps: Vec<String> = [new].into_iter().chain(setters).collect();
    Some(layout::chain(&steps, NESTED))
}
