//! Compares our JSON with the JSON that JavaScript writes. Needs Node.js 20 or later.
//!
//! The platform checks the signature of a body. We don't know whether the platform signs the bytes that it received,
//! or the JSON that its JavaScript writes after parsing these bytes. So our JSON must be identical to the JSON that
//! Node.js writes. The tests pass strings to Node.js as UTF-16 code units. If they were JSON strings, a mistake in our
//! writer could affect both sides.

pub mod corpus;
pub mod functions;
pub mod texts;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};

use crate::compile::workspace;
use crate::wire::js::Js;
use crate::wire::json::Text;

/// A value for Node.js to write and sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The value in the form that `tests/node/judge.mjs` reads.
    value: Value,
    secret: Value,
}

/// The result from JavaScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `JSON.stringify` of the value, in UTF-8.
    pub text: Vec<u8>,
    /// HMAC-SHA256 of that text with the secret, in hexadecimal.
    pub signature: String,
}

impl Question {
    /// Creates a question whose answer is the value's JSON and the signature of that JSON.
    #[must_use]
    pub fn of(value: &Js, secret: &str) -> Question {
        Question { value: tagged(value), secret: units(&secret.into()) }
    }

    /// Creates a question whose answer is the text of a `Date`. `millisecond` is the number of milliseconds since
    /// 1970.
    #[must_use]
    pub fn of_millisecond(millisecond: i64) -> Question {
        Question { value: json!(["millisecond", millisecond.to_string()]), secret: json!([]) }
    }

    fn line(&self) -> String {
        format!("{}\n", json!({ "value": self.value, "secret": self.secret }))
    }
}

const WHY_NODE: &str = "This test runs Node.js 20 or later to see how JavaScript writes JSON: install it \
    (https://nodejs.org) so that `node` is on the PATH";

/// Passes the questions to Node.js, in one process, and returns its answers.
///
/// # Errors
///
/// Returns an error if Node.js is missing or too old, or doesn't answer every question.
pub fn ask(questions: &[Question]) -> Result<Vec<Answer>, String> {
    ask_program("node", questions)
}

/// Passes the questions to `program` instead of `node`.
///
/// # Errors
///
/// Returns an error in the same cases as [`ask`].
pub fn ask_program(program: &str, questions: &[Question]) -> Result<Vec<Answer>, String> {
    let lines: String = questions.iter().map(Question::line).collect();
    let output = run(program, lines)
        .map_err(|error| format!("cannot run `{program}` ({error}). {WHY_NODE}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{program}` failed: {}\n{WHY_NODE}", said.trim_end()));
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let answers: Vec<Answer> = said.lines().map(answer).collect::<Result<_, String>>()?;
    if answers.len() == questions.len() {
        Ok(answers)
    } else {
        Err(format!("{} questions, {} answers", questions.len(), answers.len()))
    }
}

fn run(program: &str, lines: String) -> std::io::Result<Output> {
    let mut child = Command::new(program)
        .arg(script())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdin = child.stdin.take();
    // Write on a separate thread. Otherwise, unread answers could fill the pipe and block both processes. If the
    // child doesn't read its input, its stderr says why.
    let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(lines.as_bytes())));
    let output = child.wait_with_output();
    drop(writer.join());
    output
}

fn script() -> PathBuf {
    workspace().join("tests/node/judge.mjs")
}

fn answer(line: &str) -> Result<Answer, String> {
    let wrong = || format!("this isn't an answer: {line}");
    let value: Value = serde_json::from_str(line).map_err(|_| wrong())?;
    let field = |name: &str| value.get(name).and_then(Value::as_str).ok_or_else(wrong);
    let digits = field("text")?.as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let text = digits.chunks(2).map(byte).collect::<Option<_>>().ok_or_else(wrong)?;
    Ok(Answer { text, signature: field("signature")?.to_owned() })
}

fn tagged(value: &Js) -> Value {
    match value {
        Js::Undefined => json!(["undefined"]),
        Js::Null => json!(["null"]),
        Js::Bool(value) => json!(["bool", value]),
        Js::Number(text) => json!(["number", text]),
        Js::Text(text) => list("text", text.units().iter().map(|unit| json!(unit))),
        Js::Date(text) => json!(["date", text.as_deref().unwrap_or("invalid")]),
        Js::Array(items) => list("list", items.iter().map(tagged)),
        Js::Object(fields) => {
            list("object", fields.iter().map(|(key, value)| json!([units(key), tagged(value)])))
        }
    }
}

fn list(tag: &str, items: impl Iterator<Item = Value>) -> Value {
    Value::Array(std::iter::once(Value::from(tag)).chain(items).collect())
}

fn units(text: &Text) -> Value {
    text.units().into()
}
