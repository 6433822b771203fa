//! The sentence that an error displays: which operation, what happened, what next. Pure.

use std::fmt;

use http::StatusCode;

use super::kind::ErrorKind;
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::wording::Wording;

/// The most characters of each of the server's messages that go into the sentence.
const MESSAGE_SHOWN: usize = 300;

/// The most messages that go into the sentence; all are in `Error::messages`.
const MESSAGES_SHOWN: usize = 5;

/// What the sentence is made from.
pub(super) struct Sentence<'a> {
    pub(super) kind: ErrorKind,
    pub(super) outcome: Outcome,
    pub(super) operation: Option<&'static Operation>,
    pub(super) wording: Option<&'static Wording>,
    pub(super) server: Option<&'a str>,
    pub(super) detail: Option<&'a str>,
    pub(super) json_path: Option<&'a str>,
    /// Of the response, if one came.
    pub(super) status: Option<StatusCode>,
    pub(super) messages: &'a [String],
    pub(super) error_name: Option<&'a str>,
    pub(super) attempts: u32,
}

pub(super) fn sentence(error: &Sentence<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(operation) = error.operation {
        let server = error.server.unwrap_or("");
        // The template of the path, not the path: what was filled in may be personal.
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

/// For these kinds the detail is the whole of what happened.
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
            return f
                .write_str("the connection broke, or brought no HTTP, before the answer began");
        }
        ErrorKind::Refused(status) => {
            write!(f, "refused with {status}")?;
            return by_body(error, status, f);
        }
        ErrorKind::Failed(status) => {
            write!(f, "the service failed with {status}")?;
            return by_body(error, status, f);
        }
        ErrorKind::Redirected(status) => {
            return write!(f, "redirected with {status}, which is never followed");
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
        ErrorKind::Timeout => "no complete answer in time",
        ErrorKind::BodyTooLarge => "its body is larger than the client accepts",
        ErrorKind::BodyCut => "the connection broke inside its body",
        ErrorKind::EmptyBody => "its body is empty",
        ErrorKind::NotUtf8 => "its body isn't UTF-8",
        ErrorKind::NotJson => "its body isn't JSON",
        ErrorKind::ErrorInBody => "its body reports an error",
        ErrorKind::RefusedInBody => "its body says that the request was refused",
        ErrorKind::NoRecord => "its body lacks the record",
        ErrorKind::JsonCut => "its JSON ends in the middle",
        ErrorKind::JsonTooDeep => "its JSON is nested too deep",
        _ => "its JSON has another shape than expected",
    })?;
    match error.json_path {
        Some(path) => write!(f, " at `{}`", shown(path, MESSAGE_SHOWN)),
        None => Ok(()),
    }
}

/// Where the status is not that of HTTP.
fn by_body(error: &Sentence<'_>, status: StatusCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.status {
        Some(sent) if sent != status => write!(f, " in the body of a response with {sent}"),
        _ => Ok(()),
    }
}

/// In quotation marks, and said to be the server's words: they may say anything.
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
        (ErrorKind::Refused(status), _) => after_refusal(status, error.wording),
        (ErrorKind::RefusedInBody, _) => AFTER_REFUSAL,
        (ErrorKind::Connect, _) => "nothing was sent, so it may be repeated",
        (_, Outcome::NotSent) => "nothing was sent",
        (ErrorKind::Redirected(_), Outcome::Refused) => {
            "it was not carried out: check the address that the client was given"
        }
        (ErrorKind::Failed(_) | ErrorKind::Timeout | ErrorKind::Interrupted, _)
            if operation.method.is_safe() =>
        {
            "it only reads, so it may be repeated"
        }
        (_, Outcome::Unknown) if !operation.method.is_safe() => {
            "it is not known whether it was carried out: look before repeating"
        }
        _ => return Ok(()),
    };
    write!(f, "; {advice}")
}

const AFTER_REFUSAL: &str = "it was not carried out: mend the request before repeating";

fn after_refusal(status: StatusCode, wording: Option<&'static Wording>) -> &'static str {
    const PLAIN: Wording = Wording::plain();
    let wording = wording.unwrap_or(&PLAIN);
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => wording.unauthorized,
        StatusCode::NOT_FOUND => wording.not_found,
        StatusCode::TOO_MANY_REQUESTS => "wait before repeating",
        _ => AFTER_REFUSAL,
    }
}

/// One line, however long or odd the text is.
pub(super) fn shown(text: &str, limit: usize) -> String {
    let mut shown: String = text.chars().take(limit).flat_map(char::escape_debug).collect();
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}
