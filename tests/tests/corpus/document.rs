//! Reads a document's operations as OpenAPI defines them, independently of the generator.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::security::Requirement;

/// The methods that a path can have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The maximum number of references to follow, and the maximum depth of nested schemas.
const DEEPEST: usize = 16;

/// A document, parsed without the generator's code.
pub(crate) struct Document {
    /// Its file name without the extension.
    pub(crate) name: String,
    /// Its file name.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: String,
    /// Its parsed content.
    pub(crate) raw: Value,
}

/// An operation of a document.
pub(crate) struct Operation<'d> {
    /// The method in upper case.
    pub(crate) method: String,
    /// The path, prefixed with the path of the operation's first server.
    pub(crate) path: String,
    /// Whether the request and the successful response can be JSON.
    pub(crate) is_json: bool,
    /// The credentials that the operation requires. `None` if neither the operation nor the document has `security`.
    pub(crate) security: Option<Requirement>,
    /// The path without the server's path.
    #[allow(dead_code, reason = "only the test `prism` uses it")]
    pub(crate) template: &'d str,
    pub(crate) raw: &'d Value,
}

impl Operation<'_> {
    /// Returns the operation's name for messages.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Returns whether this is the operation with the given method and path, ignoring the names of path parameters.
    pub(crate) fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && shape(&self.path) == shape(path)
    }

    /// Returns the `operationId`.
    pub(crate) fn id(&self) -> Option<&str> {
        self.raw["operationId"].as_str()
    }
}

/// Reads the documents in a folder, sorted by name.
pub(crate) fn documents(folder: &Path) -> Vec<Document> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.collect();
    let is_document = |path: &Path| {
        path.extension().is_some_and(|it| ["json", "yaml", "yml"].iter().any(|known| it == *known))
    };
    paths.retain(|path| is_document(path));
    paths.sort();
    paths.iter().map(|path| Document::read(path)).collect()
}

impl Document {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Document {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        Document::new(&name, openapi_keys::decode(&name, &bytes).unwrap().to_owned())
    }

    /// Reads a document.
    pub(crate) fn new(file: &str, text: String) -> Document {
        let raw = if file.ends_with(".json") {
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
        } else {
            crate::yaml::read(&text)
        };
        let name = file.rsplit_once('.').map_or(file, |(name, _)| name).to_owned();
        Document { name, file: file.to_owned(), text, raw }
    }

    /// Returns the name of the client's module.
    pub(crate) fn module(&self) -> String {
        self.name.replace(['-', '.'], "_")
    }

    /// Returns all operations, in the order of their paths.
    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in self.raw["paths"].as_object().into_iter().flatten() {
            let item = self.resolved(item);
            for (method, raw) in item.as_object().into_iter().flatten() {
                if !METHODS.contains(&method.as_str()) {
                    continue;
                }
                let servers = [raw, item, &self.raw].map(|it| &it["servers"][0]);
                let server = servers.into_iter().find(|it| !it.is_null());
                let security = [raw, &self.raw].map(|it| &it["security"]);
                let security = security.into_iter().find(|it| it.is_array());
                operations.push(Operation {
                    method: method.to_uppercase(),
                    path: format!("{}{path}", server.map(base).unwrap_or_default()),
                    is_json: self.is_json(raw),
                    security: security.map(Requirement::of),
                    template: path,
                    raw,
                });
            }
        }
        operations
    }

    /// Returns the value, or the target of its reference.
    pub(crate) fn resolved<'d>(&'d self, value: &'d Value) -> &'d Value {
        let mut value = value;
        for _ in 0..DEEPEST {
            let Some(target) = value["$ref"].as_str().and_then(|it| it.strip_prefix('#')) else {
                break;
            };
            value = self.raw.pointer(target).unwrap_or(&Value::Null);
        }
        value
    }

    fn is_json(&self, operation: &Value) -> bool {
        let responses = operation["responses"].as_object().into_iter().flatten();
        let successes = responses.filter(|(status, _)| status.starts_with('2')).map(|(_, it)| it);
        successes.chain([&operation["requestBody"]]).all(|it| {
            let content = self.resolved(it)["content"].as_object();
            content.is_none_or(|content| {
                content.is_empty() || content.keys().any(|it| is_json_type(it))
            })
        })
    }

    /// Returns the names of the properties whose values the document doesn't restrict. The names are converted with
    /// [`plain`].
    pub(crate) fn properties_of_any_json(&self) -> BTreeSet<String> {
        let mut any_json = BTreeSet::new();
        let mut todo = vec![&self.raw];
        while let Some(value) = todo.pop() {
            for (name, schema) in value["properties"].as_object().into_iter().flatten() {
                if !self.says_something(schema, 0) {
                    any_json.insert(plain(name));
                }
            }
            todo.extend(value.as_array().into_iter().flatten());
            todo.extend(value.as_object().into_iter().flat_map(serde_json::Map::values));
        }
        any_json
    }

    /// Returns whether a schema restricts its values.
    fn says_something(&self, schema: &Value, depth: usize) -> bool {
        let schema = self.resolved(schema);
        if depth > DEEPEST {
            return true;
        }
        if schema["type"] == "array" {
            return self.says_something(&schema["items"], depth + 1);
        }
        let keys = ["type", "enum", "const", "properties", "additionalProperties"];
        keys.iter().any(|key| !schema[key].is_null())
            || ["allOf", "oneOf", "anyOf"].iter().any(|key| {
                let parts = schema[key].as_array();
                parts.is_some_and(|all| all.iter().any(|it| self.says_something(it, depth + 1)))
            })
    }
}

/// Lowercases a name and removes its punctuation. A Rust name and the JSON name that it comes from then become equal.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_json_type(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ["application/json", "*/*", "application/*"].contains(&essence.as_str())
        || essence.ends_with("+json")
}

/// Returns the path of a server's URL, with the defaults of its variables.
fn base(server: &Value) -> String {
    let mut url = server["url"].as_str().unwrap_or_default().to_owned();
    for (name, variable) in server["variables"].as_object().into_iter().flatten() {
        let default = variable["default"].as_str().unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    let path = url
        .split_once("://")
        .map_or(url.as_str(), |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    path.trim_end_matches('/').to_owned()
}

/// Returns a path without the names of its parameters.
fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut inside = false;
    for each in path.chars() {
        match each {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(each);
    }
    shape
}
