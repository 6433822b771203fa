//! Reads paginated lists as streams.

mod cursor;
mod link;

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

pub use self::cursor::{advanced, following};
pub(crate) use self::link::{Links, next_link};
use crate::call::{BuildRequest, CallWithResponse};
use crate::error::Error;
use crate::response::Response;

/// A call whose response is a page of a list. Generated code implements this trait for each operation that the settings
/// describe as paginated.
pub trait Paged: BuildRequest + Unpin + Sized {
    /// The type of an item in the list.
    type Item;

    /// Returns a copy of the call, which [`turn`](Paged::turn) changes into the call for the next page.
    #[doc(hidden)]
    fn again(&self) -> Self;

    /// Returns the items of a page.
    #[doc(hidden)]
    fn items_of(page: Self::Answer) -> Vec<Self::Item>;

    /// Changes the call so that it requests the next page. Returns `false` if there is no next page.
    ///
    /// # Errors
    ///
    /// Returns an error if the next page can't be determined, e.g. because the link points back to the same page.
    #[doc(hidden)]
    fn turn(&mut self, page: &Response<Self::Answer>) -> Result<bool, Error>;
}

/// The pages of a list, as returned by the `pages()` method of a call.
///
/// This type is a [`Stream`]. To read it without another crate, call [`next`](Pages::next). Each page is a separate
/// call with the same options as the first call, so the timeout and the retries apply to each page. A page is requested
/// only when the stream is polled. The stream ends after the first error.
#[must_use = "pages are requested only when you call `next`"]
pub struct Pages<C: Paged> {
    /// The call for the next page, or `None` if that call is running or there is no next page.
    next: Option<C>,
    running: Option<(CallWithResponse<C>, C)>,
    /// The error to return instead of the next page.
    problem: Option<Error>,
}

impl<C: Paged> Pages<C> {
    /// Creates the stream. The `pages()` method of calls uses this.
    #[doc(hidden)]
    pub fn new(call: C) -> Self {
        Pages { next: Some(call), running: None, problem: None }
    }

    /// Returns the next page, or `None` at the end. If the future is dropped, no page is lost.
    pub async fn next(&mut self) -> Option<Result<C::Answer, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<C::Answer, Error>>> {
        if let Some(call) = self.next.take() {
            let following = call.again();
            self.running = Some((CallWithResponse::new(call), following));
        }
        let Some((running, _)) = &mut self.running else {
            return Poll::Ready(self.problem.take().map(Err));
        };
        let result = ready!(Pin::new(running).poll(context));
        let Some((_, mut following)) = self.running.take() else { return Poll::Ready(None) };
        Poll::Ready(Some(result.map(|page| {
            match following.turn(&page) {
                Ok(true) => self.next = Some(following),
                Ok(false) => {}
                // The current page is still valid, so the problem is returned after it.
                Err(problem) => self.problem = Some(problem),
            }
            page.value
        })))
    }
}

impl<C: Paged> Stream for Pages<C> {
    type Item = Result<C::Answer, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<C: Paged> Unpin for Pages<C> {}

impl<C: Paged> fmt::Debug for Pages<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of a paginated list, as returned by the `items()` method of a call.
///
/// This type is a [`Stream`]. To read it without another crate, call [`next`](Items::next). The next page is requested
/// after the last item of the current page. The stream ends after the first error.
///
/// ```no_run
/// # use openapi_keys_runtime::{Error, Items, Paged};
/// # async fn run<C: Paged<Item = String>>(mut orders: Items<C>) -> Result<(), Error> {
/// while let Some(order) = orders.next().await {
///     println!("{}", order?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "items are requested only when you call `next`"]
pub struct Items<C: Paged> {
    pages: Pages<C>,
    page: VecDeque<C::Item>,
}

impl<C: Paged> Items<C> {
    /// Creates the stream. The `items()` method of calls uses this.
    #[doc(hidden)]
    pub fn new(call: C) -> Self {
        Items { pages: Pages::new(call), page: VecDeque::new() }
    }

    /// Returns the next item, or `None` at the end. If the future is dropped, no item is lost.
    pub async fn next(&mut self) -> Option<Result<C::Item, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<C::Item, Error>>> {
        loop {
            if let Some(item) = self.page.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.page = C::items_of(page).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<C: Paged> Stream for Items<C> {
    type Item = Result<C::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<C: Paged> Unpin for Items<C> {}

impl<C: Paged> fmt::Debug for Items<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("ready", &self.page.len()).finish_non_exhaustive()
    }
}
