//! Resolves the pagination settings to fields and parameters of the model. A mismatch is an error,
//! because it could make a list end early without anyone noticing.

use crate::model::{
    Location, Model, Operation, Pages, Parameter, Path, ResponseFormat, Schema, SchemaKind, Shape,
    Step, Way,
};
use crate::{Diagnostic, PageStyle, Pagination, Settings};

/// Adds pagination to the operations of the model. Returns errors in the settings.
pub(crate) fn resolve(model: &mut Model, settings: &Settings) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for pagination in &settings.pagination {
        let id = &pagination.operation;
        let resolved = match model.operations().find(|operation| operation.id == *id) {
            Some(operation) => of(model, operation, pagination),
            None => Err("is for an operation that isn't in the client".to_owned()),
        };
        match resolved {
            Ok(pages) => model.set_pages(id, pages),
            Err(what) => {
                let message = format!("`Settings::pagination` of `{}` {what}", id.escape_debug());
                mistakes.push(Diagnostic::new("settings", message).help(
                    "use the document's names for the operation, its parameters and the properties of its response",
                ));
            }
        }
    }
    mistakes
}

fn of(model: &Model, operation: &Operation, settings: &Pagination) -> Result<Pages, String> {
    if operation.answer_format != ResponseFormat::Json || operation.answer_may_be_missing {
        return Err("is for an operation whose response isn't always JSON".to_owned());
    }
    if operation.body_format.is_some() {
        return Err("is for an operation with a body".to_owned());
    }
    let answer = operation.answer.as_deref().and_then(|name| model.schema(name));
    let answer = answer.ok_or("is for an operation without a response body")?;
    let (items, list) = list(model, answer, &settings.items)?;
    let Shape::List(item) = list else {
        return Err(format!("uses `{}` as `items`, but that isn't a list", settings.items));
    };
    let more = settings.more.as_deref().map(|more| match property(model, answer, more)? {
        (path, Shape::Boolean) => Ok(path),
        _ => Err(format!("uses `{more}` as `more`, but that isn't a boolean")),
    });
    let way = way(model, operation, answer, &item, &settings.style)?;
    Ok(Pages { items, item: *item, more: more.transpose()?, way })
}

/// Returns the list in a response. The response itself may be the list.
fn list(model: &Model, answer: &Schema, items: &str) -> Result<(Path, Shape), String> {
    if !items.is_empty() {
        return property(model, answer, items);
    }
    match &answer.kind {
        SchemaKind::List(item) => Ok((Path(vec![inside()]), Shape::List(Box::new(item.clone())))),
        _ => Err("has no `items`, and the response itself isn't a list".to_owned()),
    }
}

fn way(
    model: &Model,
    operation: &Operation,
    answer: &Schema,
    item: &Shape,
    style: &PageStyle,
) -> Result<Way, String> {
    let number = |name: &String| {
        let parameter = parameter(operation, name)?;
        match parameter.shape {
            Shape::Integer(_) => Ok(name.clone()),
            _ => Err(format!("names the `{name}` parameter, which isn't an integer")),
        }
    };
    Ok(match style {
        PageStyle::Cursor { parameter: name, next } => {
            let (path, shape) = property(model, answer, next)?;
            same(parameter(operation, name)?, next, &shape)?;
            Way::Cursor { parameter: name.clone(), next: path }
        }
        PageStyle::LastItem { parameter: name, property: of_item } => {
            let schema = match item {
                Shape::Named(item) => model.schema(item),
                _ => None,
            };
            let schema = schema.ok_or("uses a property of items that aren't objects")?;
            let (path, shape) = property(model, schema, of_item)?;
            same(parameter(operation, name)?, of_item, &shape)?;
            Way::LastItem { parameter: name.clone(), property: path }
        }
        PageStyle::Page { parameter, first } => {
            Way::Page { parameter: number(parameter)?, first: *first }
        }
        PageStyle::Offset { parameter } => Way::Offset { parameter: number(parameter)? },
        PageStyle::Link => Way::Link,
    })
}

/// Returns the query parameter with this name, which must be optional.
fn parameter<'a>(operation: &'a Operation, name: &str) -> Result<&'a Parameter, String> {
    let mut parameters = operation.parameters.iter();
    let found = parameters.find(|it| it.name == name && it.location == Location::Query);
    let found = found.ok_or_else(|| format!("names `{name}`, which isn't a query parameter"))?;
    match found.required || found.filled.is_some() {
        true => Err(format!("names the `{name}` parameter, which isn't optional")),
        false => Ok(found),
    }
}

/// Checks that a value in the response has the same type as the parameter.
fn same(parameter: &Parameter, property: &str, shape: &Shape) -> Result<(), String> {
    let fits = parameter.shape == *shape
        && matches!(shape, Shape::Text | Shape::Integer(_) | Shape::Formatted(_));
    match fits {
        true => Ok(()),
        false => Err(format!(
            "copies `{property}` to the `{}` parameter, which has a different type",
            parameter.name
        )),
    }
}

/// Returns the step from a struct that wraps a list to the list.
fn inside() -> Step {
    Step { field: "0".to_owned(), schema: None }
}

/// Returns the path to a property, and its shape.
fn property(model: &Model, schema: &Schema, path: &str) -> Result<(Path, Shape), String> {
    let mut fields = Vec::new();
    let mut schema = Some(schema);
    let mut shape = None;
    for name in path.split('.') {
        let missing = || format!("names `{path}`, which the response doesn't have");
        let SchemaKind::Object(properties) = &schema.ok_or_else(missing)?.kind else {
            return Err(missing());
        };
        let property = properties.iter().find(|it| it.name == name).ok_or_else(missing)?;
        let named = match &property.shape {
            Shape::Named(name) => Some(name.clone()),
            _ => None,
        };
        schema = named.as_deref().and_then(|name| model.schema(name));
        fields.push(Step { field: property.ident.clone(), schema: named });
        shape = Some(property.shape.clone());
    }
    let shape = match (shape, schema.map(|schema| &schema.kind)) {
        // A named list is wrapped in a struct.
        (Some(_), Some(SchemaKind::List(item))) => {
            fields.push(inside());
            Shape::List(Box::new(item.clone()))
        }
        (Some(shape), _) => shape,
        (None, _) => return Err(format!("names `{path}`, which isn't a property")),
    };
    Ok((Path(fields), shape))
}
