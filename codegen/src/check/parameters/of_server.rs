//! Finds object parameters that a generated server can't read, because it can't determine which
//! properties the object has, or which types they have.

use super::Named;
use crate::check::api::Api;
use crate::model::{Form, Style, StyleName};
use crate::normalise::operations::parameters::STYLE;
use crate::{Diagnostic, Node};

pub(super) fn readable(api: &Api<'_>, parameter: &Named<'_>, found: &mut Vec<Diagnostic>) {
    let node = parameter.definition.node;
    let (Some(schema), Some(style)) = (node.get("schema"), node.text(STYLE).and_then(Style::read))
    else {
        return;
    };
    if api.settings.server.is_none() || style.form != Form::Object {
        return;
    }
    let Some(target) = api.resolve(schema, "schemas") else { return };
    let what = match target.get("properties") {
        _ if target.has("oneOf") => "can have one of several types",
        Some(_) if target.get("additionalProperties").is_some_and(Node::is_mapping) => {
            "has properties that its schema doesn't list"
        }
        None if style.explode && style.way == StyleName::Form => {
            "has properties with arbitrary names"
        }
        _ => return,
    };
    found.push(
        parameter
            .mistake("server-parameter", format!("{what}, so a generated server can't read it"))
            .label(schema.span, "not all of this object's properties are known")
            .help("list all of its properties, or generate the client without a server"),
    );
}
