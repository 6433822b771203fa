//! Bodies that nobody looked at, since their requests were refused before: they are taken from the wire all the same.
//!
//! A client that is cut off in the middle of sending sees a broken connection instead of the refusal, and can't tell
//! whether anything was done.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use hyper::body::{Frame, SizeHint};
use tokio::runtime::Handle;

use super::body;

/// Sees to it that the body is taken from the wire, whatever becomes of the request.
pub(crate) async fn take_in(request: Request) -> Request {
    // Who asks whether to send the body at all does not send it when refused.
    if request.headers().contains_key(EXPECT) || request.body().is_end_stream() {
        return request;
    }
    request.map(|body| Body::new(Unread { body, is_read: false }))
}

struct Unread {
    body: Body,
    is_read: bool,
}

impl Drop for Unread {
    fn drop(&mut self) {
        if self.is_read {
            return;
        }
        let body = std::mem::take(&mut self.body);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(body::read(body));
        }
    }
}

impl HttpBody for Unread {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.is_read = true;
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
