//! Lowers the documented errors of an operation.

use super::{json_schema, text};
use crate::Node;
use crate::model::ErrorResponse;
use crate::normalise::operations::errors::is_error;

/// Returns the errors of an operation in the order in which they apply: single statuses, then
/// ranges, then `default`.
pub(super) fn lower(operation: &Node) -> Vec<ErrorResponse> {
    let responses = operation.get("responses").map(Node::entries).unwrap_or_default();
    let errors = responses.iter().filter(|response| is_error(&response.key));
    let mut errors: Vec<ErrorResponse> = errors
        .map(|response| ErrorResponse {
            status: response.key.clone(),
            description: text(Some(&response.value), "description"),
            body: json_schema(&response.value),
        })
        .collect();
    let rank = |status: &str| match status {
        "default" => 2,
        _ if status.ends_with("XX") => 1,
        _ => 0,
    };
    errors.sort_by(|a, b| {
        rank(&a.status).cmp(&rank(&b.status)).then_with(|| a.status.cmp(&b.status))
    });
    errors
}
