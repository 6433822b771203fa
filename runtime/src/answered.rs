//! Extracts the part of a response that an error keeps, without secrets. The functions are pure.

use std::time::SystemTime;

use http::StatusCode;
use http::header::LOCATION;

use crate::envelope::Envelope;
use crate::error::Answered;
use crate::received::Received;
use crate::redact::Redactor;
use crate::report;
use crate::retry::retry_after;
use crate::web_url::WebUrl;

/// The maximum number of bytes of a response body that an error keeps.
pub(crate) const BODY_KEPT: usize = 64 * 1024;

/// An error response, before redaction.
pub(crate) struct Response<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a Received,
    pub(crate) body: Vec<u8>,
}

/// Returns the part of a response that an error keeps.
///
/// The body is truncated first, so only the start of a huge body is searched for credentials.
pub(crate) fn answered(
    response: Response<'_>,
    envelope: &Envelope,
    now: SystemTime,
    redactor: &Redactor,
) -> Answered {
    let Response { status, headers, mut body } = response;
    // Truncate first, because searching for credentials needs several times as much memory as the body. A credential
    // that is cut off at the end is still found.
    body.truncate(BODY_KEPT);
    body.shrink_to_fit();
    let report = report::read(start_of_text(&body), envelope, &[]);
    let mut body = redactor.bytes(&body).into_owned();
    body.truncate(BODY_KEPT);
    Answered {
        status,
        headers: headers.redacted(redactor),
        body,
        messages: report.messages.iter().map(|text| redactor.text(text)).collect(),
        error_name: report.error.map(|text| redactor.text(&text)),
        retry_after: retry_after(headers, now),
    }
}

/// Returns the text up to the first byte that isn't UTF-8, e.g. up to a character that was cut when the body was
/// truncated.
fn start_of_text(body: &[u8]) -> &str {
    let text = body.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Returns the scheme, host and port of a redirect's target. The path and the query are left out because they may
/// contain anything.
pub(crate) fn target(asked: &str, headers: &Received, redactor: &Redactor) -> Option<String> {
    // Redact before parsing, because a parser changes a key in a host name to lower case. If the host name contains
    // `[redacted]`, parsing fails, and this function returns `None`.
    let location = redactor.text(headers.get(&LOCATION)?.to_str().ok()?);
    let asked = WebUrl::parse(asked).ok()?;
    Some(asked.join(&location).ok()?.origin())
}
