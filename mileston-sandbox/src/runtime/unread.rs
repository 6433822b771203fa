//! Reads and discards a request's body if the request was rejected before anything read its body.
//!
//! Otherwise, the client would be cut off while sending. It would see a broken connection instead of the error
//! response, and would not know whether the request was executed.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use hyper::body::{Frame, SizeHint};
use tokio::runtime::Handle;

use super::body;

/// Makes sure that the body is read, even if the request is rejected first.
pub(crate) async fn take_in(request: Request) -> Request {
    // A client that sent `Expect: 100-continue` doesn't send the body when the request is rejected.
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
