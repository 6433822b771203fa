//! Provides streams that run step by step, and a transport that responds with such a stream, for tests without a
//! network.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use openapi_keys_runtime::futures_core::Stream;
use openapi_keys_runtime::{
    Body, BoxFuture, Bytes, ClientCore, CoreBuilder, Transport, TransportError, http,
};
use tokio::time::{Sleep, sleep};

use super::{Nobody, PROFILE};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Chunk(&'static str),
    Pause(Duration),
    /// The stream is pending once, and wakes the task itself.
    Yield,
    Error,
    /// The stream is pending forever.
    Stall,
}

pub(crate) use self::Step::{Chunk, Error as Fails, Pause, Stall, Yield};

/// A stream of these steps.
pub(crate) struct Steps {
    steps: VecDeque<Step>,
    pause: Option<Pin<Box<Sleep>>>,
}

pub(crate) fn steps(steps: &[Step]) -> Steps {
    Steps { steps: steps.iter().copied().collect(), pause: None }
}

impl Stream for Steps {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            match self.steps.pop_front() {
                Some(Chunk(text)) => return Poll::Ready(Some(Ok(text.into()))),
                Some(Pause(pause)) => self.pause = Some(Box::pin(sleep(pause))),
                Some(Fails) => return Poll::Ready(Some(Err(io::Error::other("the disk is gone")))),
                Some(Yield) => {
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Stall) => {
                    self.steps.push_front(Stall);
                    return Poll::Pending;
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

/// A transport that responds once.
struct Scripted(Mutex<Option<http::Response<Body>>>);

impl Transport for Scripted {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let response = self.0.lock().unwrap().take().unwrap();
        Box::pin(async { Ok(response) })
    }
}

/// Returns a client whose only response has this body.
pub(crate) fn client(content_type: &str, body: &[Step]) -> CoreBuilder<Nobody> {
    with_body(content_type, Body::from_stream(steps(body)))
}

pub(crate) fn with_body(content_type: &str, body: Body) -> CoreBuilder<Nobody> {
    let response = http::Response::builder().header("content-type", content_type).body(body);
    let transport = Scripted(Mutex::new(Some(response.unwrap())));
    CoreBuilder::new(Nobody, &PROFILE).transport(transport)
}

pub(crate) fn core(content_type: &str, body: &[Step]) -> ClientCore<Nobody> {
    client(content_type, body).build().unwrap()
}
