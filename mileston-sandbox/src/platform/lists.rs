//! Lists of any length.

use serde::Serialize;

use super::streaming::{Source, body, json};
use crate::runtime::{Identity, Payload, Refusal};
use crate::store::{Kept, Listing, Rejection, Resource, Store};

/// Returns up to `limit` of the caller's resources, newest first. `shown` converts a resource to what the caller sees,
/// and `envelope` wraps the list.
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
    let written = Written { listing, shown, end: end.to_owned() };
    let start = format!("{start}{element}").into_bytes();
    Ok(Payload::written(body(start, written).await?))
}

/// The part of a list after the first item.
struct Written<R> {
    listing: Listing<R>,
    shown: fn(Kept<R>) -> R,
    /// The text after the last item.
    end: String,
}

impl<R: Resource> Source for Written<R> {
    fn add_to(&mut self, text: &mut Vec<u8>, size: usize) -> Result<bool, Rejection> {
        let enough = text.len() + size;
        while text.len() < enough {
            let Some(kept) = self.listing.next() else {
                text.extend(self.end.as_bytes());
                return Ok(true);
            };
            text.push(b',');
            serde_json::to_writer(&mut *text, &(self.shown)(kept?))
                .map_err(Rejection::unreadable)?;
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, HttpBody as _, to_bytes};
    use axum::response::IntoResponse;
    use mileston_api::types::{PaymentLink, PaymentLinkList};
    use mileston_keys::{KeyKind, ModeName};

    use super::*;
    use crate::credentials::Credentials;
    use crate::platform::streaming::LONGEST;
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
    async fn a_client_that_is_too_slow_does_not_get_a_complete_list() {
        let body = body_of(2000).await;
        tokio::time::sleep(LONGEST / 2).await;
        assert!(to_bytes(body, usize::MAX).await.is_ok());
        let body = body_of(2000).await;
        tokio::time::sleep(LONGEST * 2).await;
        let error = to_bytes(body, usize::MAX).await.unwrap_err();
        assert!(error.to_string().contains("could not be read or sent to its end"), "{error}");
    }
}
