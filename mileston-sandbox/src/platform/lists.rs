//! Lists of any length, written while they are sent, so memory doesn't grow with them.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::runtime::{Identity, Payload, Refusal};
use crate::store::{Kept, Listing, Rejection, Resource, Store};

/// The size of a piece in bytes.
const PIECE: usize = 32 << 10;
/// A list of at most this size is sent as a whole, with its length.
const WHOLE: usize = 512 << 10;
/// The number of pieces that wait for the client.
const WAITING: usize = 2;
/// How long a client has for a list. Until then, the store's file keeps the state that the list shows.
const LONGEST: Duration = Duration::from_secs(60);

/// Returns up to `limit` resources of the caller, newest first. `shown` returns what the caller sees of one, and
/// `envelope` wraps them.
pub(super) async fn list<R: Resource, T: Serialize>(
    store: &Store,
    caller: &Identity,
    limit: Option<u32>,
    shown: fn(Kept<R>) -> R,
    envelope: impl FnOnce(Vec<R>) -> T,
) -> Result<Payload<T>, Refusal> {
    let mut listing = store.list::<R>(caller, limit).await?;
    let Some(first) = listing.next() else { return Ok(envelope(Vec::new()).into()) };
    let first = shown(first?);
    let element = json(&first)?;
    let list = json(&envelope(vec![first]))?;
    let (start, end) = list.split_once(&element).ok_or_else(|| {
        Refusal::internal("This is a bug in the sandbox: a list doesn't contain its first item.")
    })?;
    let mut written = Written { listing, shown, end: end.to_owned(), is_complete: false };
    let mut text = format!("{start}{element}").into_bytes();
    while !written.is_complete && text.len() < WHOLE {
        written.add_to(&mut text)?;
        yield_now().await;
    }
    if written.is_complete {
        return Ok(Payload::written(Body::from(text)));
    }
    let (sender, pieces) = mpsc::channel(WAITING);
    tokio::spawn(timeout(LONGEST, send(text, written, sender)));
    Ok(Payload::written(Body::new(Received { pieces, is_complete: false })))
}

fn json(value: &impl Serialize) -> Result<String, Refusal> {
    let written = serde_json::to_string(value);
    written.map_err(|error| Refusal::internal(format!("This can't be written as JSON: {error}.")))
}

/// The rest of a list.
struct Written<R> {
    listing: Listing<R>,
    shown: fn(Kept<R>) -> R,
    /// What follows the last item.
    end: String,
    is_complete: bool,
}

impl<R: Resource> Written<R> {
    /// Adds the next items, and after the last one the end.
    fn add_to(&mut self, text: &mut Vec<u8>) -> Result<(), Rejection> {
        let enough = text.len() + PIECE;
        while text.len() < enough {
            let Some(kept) = self.listing.next() else {
                text.extend(self.end.as_bytes());
                self.is_complete = true;
                return Ok(());
            };
            text.push(b',');
            serde_json::to_writer(&mut *text, &(self.shown)(kept?))
                .map_err(Rejection::unreadable)?;
        }
        Ok(())
    }
}

/// A part of a body.
struct Piece {
    bytes: Bytes,
    is_last: bool,
}

/// Sends a list. If it can't be read, or the client is gone or takes too long, this ends before the last piece, and the
/// connection is closed.
async fn send<R: Resource>(
    mut text: Vec<u8>,
    mut written: Written<R>,
    pieces: mpsc::Sender<Piece>,
) {
    loop {
        let piece = Piece { bytes: text.into(), is_last: written.is_complete };
        if pieces.send(piece).await.is_err() || written.is_complete {
            return;
        }
        text = Vec::with_capacity(PIECE + PIECE / 4);
        if written.add_to(&mut text).is_err() {
            return;
        }
    }
}

/// A body whose pieces are received. It fails if the last one is missing.
struct Received {
    pieces: mpsc::Receiver<Piece>,
    is_complete: bool,
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.is_complete {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.poll_recv(context));
        self.is_complete = piece.as_ref().is_none_or(|piece| piece.is_last);
        Poll::Ready(Some(match piece {
            Some(piece) => Ok(Frame::data(piece.bytes)),
            None => Err(io::Error::other("the list could not be read or sent to its end")),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.is_complete
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::response::IntoResponse;
    use mileston_api::types::{PaymentLink, PaymentLinkList};
    use mileston_keys::{KeyKind, ModeName};

    use super::*;
    use crate::credentials::Credentials;
    use crate::store::{Account, Rules};

    /// Returns a list of this many links, each of about a kilobyte.
    async fn body_of(count: usize) -> Body {
        let store = Store::in_memory(Rules::default()).unwrap();
        let business = store.new_business_id().await.unwrap();
        let credentials =
            Credentials::generate(business.clone(), false, &Default::default()).unwrap();
        store.admit(&credentials).await.unwrap();
        let caller = Identity { business, mode: ModeName::Test, kind: KeyKind::Normal };
        let fill = move |account: &Account<'_>| {
            (0..count).try_for_each(|number| {
                let link = PaymentLink::new(format!("{number}").into());
                account.add(&Kept::new(link.with_description("d".repeat(1000))), None)
            })
        };
        store.write(&caller, fill).await.unwrap();
        let envelope = |links| PaymentLinkList::new().with_payment_data(links);
        let shown = |kept: Kept<PaymentLink>| kept.data;
        let payload = list(&store, &caller, None, shown, envelope).await.unwrap();
        payload.into_response().into_body()
    }

    #[tokio::test]
    async fn only_a_long_list_is_written_while_it_is_sent() {
        for (count, is_whole) in [(0, true), (1, true), (100, true), (400, true), (2000, false)] {
            let body = body_of(count).await;
            assert_eq!(body.size_hint().exact().is_some(), is_whole, "{count}");
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            let list: PaymentLinkList = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(list.payment_data.len(), count);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_takes_too_long_gets_no_complete_list() {
        let body = body_of(2000).await;
        tokio::time::sleep(LONGEST / 2).await;
        assert!(to_bytes(body, usize::MAX).await.is_ok());
        let body = body_of(2000).await;
        tokio::time::sleep(LONGEST * 2).await;
        let error = to_bytes(body, usize::MAX).await.unwrap_err();
        assert!(error.to_string().contains("could not be read or sent to its end"), "{error}");
    }
}
