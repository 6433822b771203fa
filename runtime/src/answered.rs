//! What an error keeps of a response, without secrets. Pure.

use std::time::SystemTime;

use http::StatusCode;
use http::header::{HeaderMap, LOCATION};
use url::Url;

use crate::envelope::Envelope;
use crate::error::Answered;
use crate::redact::Redactor;
use crate::report::Report;
use crate::retry::retry_after;

/// The most that is kept of the body of a response that is an error.
pub(crate) const BODY_KEPT: usize = 64 * 1024;

/// A response to keep something of.
pub(crate) struct Response<'a> {
    pub(crate) status: StatusCode,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// What an error keeps.
///
/// The body is cut first: of a huge one no more than its start is looked at.
pub(crate) fn answered(
    response: Response<'_>,
    envelope: &Envelope,
    now: SystemTime,
    redactor: &Redactor,
) -> Answered {
    let Response { status, headers, mut body } = response;
    // Before the search, which takes several times the room; a credential that is cut is found as well.
    body.truncate(BODY_KEPT);
    body.shrink_to_fit();
    let report = Report::read(start_of_text(&body), envelope, &[]);
    let mut body = redactor.bytes(&body).into_owned();
    body.truncate(BODY_KEPT);
    Answered {
        status,
        headers: redactor.headers(headers),
        body,
        messages: report.messages.iter().map(|text| redactor.text(text)).collect(),
        error_name: report.error.map(|text| redactor.text(&text)),
        retry_after: retry_after(headers, now),
    }
}

/// Up to the first byte that is not UTF-8, which may be where the body was cut.
fn start_of_text(body: &[u8]) -> &str {
    let text = body.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Scheme, host and port that a redirect leads to. Its path and query may hold anything.
pub(crate) fn target(asked: &str, headers: &HeaderMap, redactor: &Redactor) -> Option<String> {
    // Before it is parsed, which would write a key in a host in lower case. The mark cannot be in a host.
    let location = redactor.text(headers.get(LOCATION)?.to_str().ok()?);
    let asked = Url::parse(asked).ok()?;
    Some(asked.join(&location).ok()?.origin().ascii_serialization())
}
