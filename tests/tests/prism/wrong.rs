//! Turns valid requests into requests that violate the document, to prove that Prism really
//! validates requests.

use mileston_tests::wire::recorder::Recorded;
use serde_json::Value;

use crate::tasks::Task;

/// Returns the request without something that the document requires, or `None` if there is nothing
/// to remove.
pub(crate) fn wrong(task: &Task<'_>, request: &Recorded) -> Option<Recorded> {
    without_property(task, request)
        .or_else(|| without_parameter(task, request))
        .or_else(|| without_credential(task, request))
}

/// Removes a required property from a JSON body, or renames one in a form.
fn without_property(task: &Task<'_>, request: &Recorded) -> Option<Recorded> {
    task.samples.body.as_ref().filter(|body| body.validates)?;
    let document = &task.client.document;
    let body = document.resolved(&task.operation.raw["requestBody"]);
    let media = request.header("content-type")?;
    let schema = document.resolved(&body["content"][media]["schema"]);
    let is_sent = |name: &&str| schema["properties"][name]["readOnly"] != true;
    let mut required =
        schema["required"].as_array()?.iter().filter_map(Value::as_str).filter(is_sent);
    let body = match media {
        "application/json" => {
            let mut value: Value = serde_json::from_slice(&request.body).ok()?;
            let name = required.find(|name| value.get(name).is_some())?;
            value.as_object_mut()?.remove(name);
            value.to_string()
        }
        "application/x-www-form-urlencoded" => {
            renamed(std::str::from_utf8(&request.body).ok()?, required.next()?)
        }
        _ => return None,
    };
    Some(Recorded { body: body.into_bytes(), ..request.clone() })
}

/// Renames the pairs with this name. Removing all pairs would leave an empty body, which may be valid.
fn renamed(form: &str, name: &str) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((it, value)) if it == name => format!("not-{it}={value}"),
        _ => pair.to_owned(),
    };
    form.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// Removes a required header, or renames a required query parameter.
fn without_parameter(task: &Task<'_>, request: &Recorded) -> Option<Recorded> {
    let parameters = task.operation.raw["parameters"].as_array()?.iter();
    let mut parameters = parameters.map(|it| task.client.document.resolved(it));
    let is_required =
        |it: &&Value| it["required"] == true && (it["in"] == "query" || it["in"] == "header");
    let parameter = parameters.find(is_required)?;
    let name = parameter["name"].as_str()?;
    let mut request = request.clone();
    request.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    if let Some((path, query)) = request.target.split_once('?') {
        request.target = format!("{path}?{}", renamed(query, name));
    }
    Some(request)
}

/// Removes the `authorization` header, if the request has one and the operation needs a credential.
fn without_credential(task: &Task<'_>, request: &Recorded) -> Option<Recorded> {
    request.header("authorization")?;
    let mut request = request.clone();
    request.headers.retain(|(name, _)| name != "authorization");
    (!task.client.requirement(&task.operation).is_open()).then_some(request)
}
