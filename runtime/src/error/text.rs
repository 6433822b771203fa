//! Writes an error's message: which operation, what happened, what to do next. Pure.

use std::fmt;

use http::StatusCode;

use super::kind::ErrorKind;
use super::unauthorized;
use crate::operation::{Operation, SecurityRequirement};
use crate::outcome::Outcome;
use crate::wording::Wording;

/// The maximum number of characters that are quoted from each server message.
const MESSAGE_SHOWN: usize = 300;

/// The maximum number of messages that are quoted. `Error::messages` returns all of them.
const MESSAGES_SHOWN: usize = 5;

/// The parts of an error from which its message is built.
pub(super) struct Sentence<'a> {
    pub(super) kind: ErrorKind,
    pub(super) outcome: Outcome,
    pub(super) operation: Option<&'static Operation>,
    pub(super) wording: Option<&'static Wording>,
    /// The alternative in the operation's `security` whose credentials were sent.
    pub(super) sent: Option<&'static SecurityRequirement>,
    pub(super) server: Option<&'a str>,
    pub(super) detail: Option<&'a str>,
    pub(super) json_path: Option<&'a str>,
    /// The status of the response, or `None` if there was no response.
    pub(super) status: Option<StatusCode>,
    pub(super) messages: &'a [String],
    pub(super) error_name: Option<&'a str>,
    pub(super) attempts: u32,
}

pub(super) fn sentence(error: &Sentence<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if error.kind == ErrorKind::MissingField {
        return missing_field(error, f);
    }
    if let Some(operation) = error.operation {
        let server = error.server.unwrap_or("");
        // The message contains the path template instead of the path, because the filled-in values may be personal.
        write!(f, "{} ({} {server}{}): ", operation.id, operation.method, operation.path)?;
    }
    what(error, f)?;
    match error.detail {
        Some(detail) if detail_only(error.kind) => f.write_str(detail)?,
        Some(detail) => write!(f, ": {detail}")?,
        None => {}
    }
    messages(error, f)?;
    if error.attempts > 1 {
        write!(f, ", after {} attempts", error.attempts)?;
    }
    next(error, f)
}

/// Writes the message about a success response that lacks a field. The message begins by saying that the call
/// succeeded, so that the reader doesn't send a write again.
fn missing_field(error: &Sentence<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let lacks = error.detail.unwrap_or("lacks a field");
    let Some(operation) = error.operation else { return write!(f, "the response {lacks}") };
    write!(f, "`{}` succeeded, but its response {lacks}.", operation.id)?;
    match operation.method.is_safe() {
        true => Ok(()),
        false => f.write_str(" The write was executed: don't send it again."),
    }
}

/// Returns whether the detail alone describes what happened.
fn detail_only(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidArgument
            | ErrorKind::InvalidOrigin
            | ErrorKind::Setup
            | ErrorKind::MissingCredential
            | ErrorKind::Authentication
            | ErrorKind::RateLimited
    )
}

fn what(error: &Sentence<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.kind {
        kind if detail_only(kind) => return Ok(()),
        ErrorKind::Connect => return f.write_str("no connection"),
        ErrorKind::Interrupted => {
            return f.write_str(
                "the connection broke, or the server didn't send HTTP, before the response began",
            );
        }
        ErrorKind::Refused(status) => {
            write!(f, "refused with {status}")?;
            return by_body(error, status, f);
        }
        ErrorKind::Failed(status) => {
            write!(f, "the service failed with {status}")?;
            return by_body(error, status, f);
        }
        ErrorKind::RequestBody => {
            return f.write_str("the request body couldn't be read completely");
        }
        ErrorKind::InvalidHeader => {
            return f.write_str("a response header doesn't have the documented form");
        }
        ErrorKind::NoResponse => return f.write_str("no response"),
        ErrorKind::Redirected(status) => {
            f.write_str("redirected")?;
            if let Some(status) = status {
                write!(f, " with {status}")?;
            }
            return f.write_str(", and redirects are never followed");
        }
        ErrorKind::UnexpectedStatus(status) => {
            return write!(f, "unexpected status {status}");
        }
        _ => {}
    }
    if let Some(status) = error.status {
        write!(f, "{status}, but ")?;
    }
    f.write_str(match error.kind {
        ErrorKind::Timeout if error.status.is_some() => "its body did not arrive in time",
        ErrorKind::Timeout => "no complete response in time",
        ErrorKind::BodyTooLarge => "its body is larger than the client accepts",
        ErrorKind::BodyCut => "the connection broke in the middle of its body",
        ErrorKind::EmptyBody => "its body is empty",
        ErrorKind::NotUtf8 => "its body isn't UTF-8",
        ErrorKind::NotJson => "its body isn't JSON",
        ErrorKind::WrongMediaType => "its body has an unexpected media type",
        ErrorKind::ErrorInBody => "its body reports an error",
        ErrorKind::RefusedInBody => "its body reports that the request was refused",
        ErrorKind::NoRecord => "its body lacks the record",
        ErrorKind::JsonCut => "its JSON is cut off",
        ErrorKind::JsonTooDeep => "its JSON is nested too deeply",
        _ => "its JSON doesn't have the expected shape",
    })?;
    match error.json_path {
        Some(path) => write!(f, " at `{}`", shown(path, MESSAGE_SHOWN)),
        None => Ok(()),
    }
}

/// Adds the HTTP status of the response if the body reports a different `status`.
fn by_body(error: &Sentence<'_>, status: StatusCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.status {
        Some(sent) if sent != status => write!(f, " in the body of a response with {sent}"),
        _ => Ok(()),
    }
}

/// Quotes the server's messages and attributes them to the server, because the messages can say anything.
fn messages(error: &Sentence<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(status) = error.status else { return Ok(()) };
    let mut separator = "; the server says ";
    if let ([], Some(text)) = (error.messages, error.error_name)
        && status.canonical_reason() != Some(text)
    {
        return write!(f, "{separator}\"{}\"", shown(text, MESSAGE_SHOWN));
    }
    for message in error.messages.iter().take(MESSAGES_SHOWN) {
        write!(f, "{separator}\"{}\"", shown(message, MESSAGE_SHOWN))?;
        separator = ", ";
    }
    match error.messages.len().saturating_sub(MESSAGES_SHOWN) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

fn next(error: &Sentence<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(operation) = error.operation else { return Ok(()) };
    let advice = match (error.kind, error.outcome) {
        (ErrorKind::Refused(status), _) => return after_refusal(error, operation, status, f),
        (ErrorKind::RefusedInBody, _) => AFTER_REFUSAL,
        (ErrorKind::Connect, _) => "nothing was sent, so it is safe to retry",
        (_, Outcome::NotSent) => "nothing was sent",
        (ErrorKind::Redirected(_), Outcome::Refused) => {
            "the request was not executed: check the client's origin"
        }
        (
            ErrorKind::Failed(_)
            | ErrorKind::Timeout
            | ErrorKind::Interrupted
            | ErrorKind::NoResponse,
            _,
        ) if operation.method.is_safe() => "read-only, so it is safe to retry",
        (_, Outcome::Unknown) if !operation.method.is_safe() => {
            "the request may have been executed: check before retrying"
        }
        _ => return Ok(()),
    };
    write!(f, "; {advice}")
}

const AFTER_REFUSAL: &str = "the request was not executed: correct it before retrying";

fn after_refusal(
    error: &Sentence<'_>,
    operation: &Operation,
    status: StatusCode,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    const PLAIN: Wording = Wording::plain();
    let wording = error.wording.unwrap_or(&PLAIN);
    f.write_str("; ")?;
    f.write_str(match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            return unauthorized::advice(status, operation, error.sent, wording, f);
        }
        StatusCode::NOT_FOUND => wording.not_found,
        StatusCode::TOO_MANY_REQUESTS => "wait before retrying",
        _ => AFTER_REFUSAL,
    })
}

/// Returns the text as a single escaped line, cut to a maximum length.
pub(super) fn shown(text: &str, limit: usize) -> String {
    let mut shown: String = text.chars().take(limit).flat_map(char::escape_debug).collect();
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}
