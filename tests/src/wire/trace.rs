//! Recorded calls to the vendor's SDKs. Each call is a line of a golden file.

use std::fs;
use std::path::{Path, PathBuf};

use super::js::Js;
use super::json::{Json, parse};

/// The files that the wire test reads from a recording's folder, without their extension.
pub const FILES: [&str; 7] =
    ["payment-link", "invoice", "recurring-payment", "wallet", "payout", "checkout", "credentials"];

/// The request headers that are recorded and compared.
pub const HEADERS: [&str; 5] =
    ["apikey", "businessid", "content-type", "x-request-signature", "env"];

/// A recording: its keys and its traces, file by file.
#[derive(Debug)]
pub struct Recording {
    /// The recording's keys.
    pub keys: Keys,
    /// Each existing file with its traces.
    pub files: Vec<(&'static str, Vec<Trace>)>,
}

/// The invented credentials of a recording.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The backend's key.
    pub normal: String,
    /// The business id.
    pub business: String,
    /// The secret that signs wallet calls.
    pub secret: String,
}

/// A recorded call.
#[derive(Clone, Debug)]
pub struct Trace {
    /// File and id, for messages.
    pub name: String,
    /// The SDK function that was called.
    pub call: String,
    /// Its arguments; `None` if they can't be recorded.
    pub args: Option<Vec<Js>>,
    /// Credentials that differ from the recording's: `apiKey`, `businessId`, `secretKey`.
    pub credentials: Js,
    /// The request on the wire; `None` if the SDK failed before sending.
    pub request: Option<Request>,
    /// The error that the SDK threw.
    pub error: Option<String>,
}

/// A request that the vendor's SDK sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The target of the request line.
    pub target: String,
    /// The target with the vendor's host prepended.
    pub vendor_url: String,
    /// The values of [`HEADERS`].
    pub headers: Vec<Option<String>>,
    /// The body.
    pub body: Option<String>,
}

/// Returns the folder with this crate's golden files.
#[must_use]
pub fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

impl Recording {
    /// Reads the [`FILES`] in a folder. At least one of them must exist, and none may be empty.
    ///
    /// # Errors
    ///
    /// Returns an error if a file or line can't be read or is malformed, or if there are no files.
    pub fn read(folder: &Path) -> Result<Recording, String> {
        let meta = [folder.join("meta.json"), golden().join("meta.json")];
        let meta = meta.iter().find(|path| path.exists()).ok_or("no meta.json")?;
        let keys = keys(&parse(&read(meta)?)?)?;
        let mut files = Vec::new();
        for file in FILES {
            let path = folder.join(format!("{file}.jsonl"));
            if path.exists() {
                files.push((file, traces(file, &read(&path)?)?));
            }
        }
        if files.is_empty() {
            return Err(format!("{} has none of the files {FILES:?}", folder.display()));
        }
        Ok(Recording { keys, files })
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn keys(meta: &Json) -> Result<Keys, String> {
    let key = |name| {
        let value = meta.get("keys").and_then(|keys| keys.get(name)).and_then(Json::text);
        value.ok_or(format!("meta.json has no key `{name}`"))
    };
    Ok(Keys { normal: key("normal")?, business: key("business")?, secret: key("secret")? })
}

/// Reads the lines of a file.
///
/// # Errors
///
/// Returns an error if there are no lines, or if a line is malformed.
pub fn traces(file: &str, text: &str) -> Result<Vec<Trace>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty());
    let traces = lines.map(|(at, line)| {
        trace(file, line).map_err(|problem| format!("{file}.jsonl line {}: {problem}", at + 1))
    });
    let traces: Vec<Trace> = traces.collect::<Result<_, String>>()?;
    if traces.is_empty() { Err(format!("{file}.jsonl has no traces")) } else { Ok(traces) }
}

fn trace(file: &str, line: &str) -> Result<Trace, String> {
    let line = parse(line)?;
    let args = match line.get("args") {
        Some(Json::Array(args)) => Some(args.iter().map(Js::of).collect()),
        Some(Json::Null) => None,
        _ => return Err("`args` is neither a list nor null".to_owned()),
    };
    let sent = line.get("sent") == Some(&Json::Bool(true));
    let request = line.get("request").filter(|request| **request != Json::Null);
    if sent != request.is_some() {
        return Err("`sent` and `request` contradict each other".to_owned());
    }
    Ok(Trace {
        name: format!("{file} {}", text(&line, "id")?),
        call: text(&line, "call")?,
        args,
        credentials: line.get("credentials").map_or(Js::Undefined, Js::of),
        request: request.map(read_request).transpose()?,
        error: line.get("error").and_then(Json::text),
    })
}

fn read_request(request: &Json) -> Result<Request, String> {
    let header = |name: &&str| request.get("headers")?.get(name)?.text();
    Ok(Request {
        method: text(request, "method")?,
        target: text(request, "target")?,
        vendor_url: text(request, "vendor_url")?,
        headers: HEADERS.iter().map(header).collect(),
        body: request.get("body").and_then(Json::text),
    })
}

fn text(json: &Json, key: &str) -> Result<String, String> {
    json.get(key).and_then(Json::text).ok_or(format!("no text `{key}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_recording_is_rejected() {
        assert_eq!(traces("a", "\n").unwrap_err(), "a.jsonl has no traces");
        let line = r#"{"id":"x","call":"f","args":[],"sent":true,"request":null}"#;
        let error = traces("a", line).unwrap_err();
        assert_eq!(error, "a.jsonl line 1: `sent` and `request` contradict each other");
        assert!(Recording::read(Path::new("/nowhere")).unwrap_err().contains("none of the files"));
    }
}
