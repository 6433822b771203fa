//! Reads settings that a page gets from its server at run time. With such settings, the same build can be deployed in
//! several places.

mod error;

use std::pin::pin;
use std::time::Duration;

use http::StatusCode;

pub use self::error::FetchError;
use crate::clock::DefaultClock;
use crate::error::ErrorKind;
use crate::read;
use crate::timer::Timer;
use crate::transport::Body;
use crate::transport::browser::Sender;

/// The maximum number of bytes that are fetched.
const LONGEST: usize = 64 * 1024;

/// How long a fetch may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Returns the `content` of `<meta name="…">` in the page. Returns `None` if the page has no such element, or if the
/// code runs in a worker, which has no page.
#[must_use]
pub fn meta(name: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let elements = document.get_elements_by_tag_name("meta");
    let mut elements = (0..elements.length()).filter_map(|index| elements.item(index));
    let element =
        elements.find(|element| element.get_attribute("name").as_deref() == Some(name))?;
    element.get_attribute("content")
}

/// Fetches a file of at most 64 KiB from the page's own server, e.g. `/config.json`, within 10 seconds. Returns it as
/// text.
///
/// The file always comes from the server and never from a cache. Redirects are not followed, and a URL with a different
/// origin is rejected.
///
/// # Errors
///
/// Returns an error if there is no complete response in time, or if the response has a status other than 200, is too
/// long, or isn't UTF-8.
pub async fn fetch_text(path: &str) -> Result<String, FetchError> {
    let mut timer = Timer::new(&DefaultClock::default(), LIMIT);
    let sent = timer.bound(pin!(Sender.get_own(path))).await.ok_or(FetchError::Timeout)?;
    let (status, body) = sent.map_err(FetchError::NoResponse)?;
    if status != StatusCode::OK {
        return Err(FetchError::Status(status));
    }
    let (bytes, end) = read::read(&mut Body::incoming(body), LONGEST, &mut timer).await;
    match end.map_err(|error| error.kind()) {
        Ok(()) => String::from_utf8(bytes).map_err(|_| FetchError::NotUtf8),
        Err(ErrorKind::Timeout) => Err(FetchError::Timeout),
        Err(ErrorKind::BodyTooLarge) => Err(FetchError::TooLong),
        Err(_) => Err(FetchError::Cut),
    }
}
