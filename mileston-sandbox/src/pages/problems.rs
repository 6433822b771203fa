//! Shows an error response as a page.

use axum::extract::State;

use super::urls::Urls;
use super::{headers, layout};
use crate::runtime::{Reason, Response};

/// Replaces the JSON of an error response with a page.
pub(super) async fn show(State(urls): State<Urls>, response: Response) -> Response {
    match response.extensions().get::<Reason>() {
        Some(Reason(text)) => {
            let page = layout::problem(&urls, "The request failed", &format!("{text}."));
            headers::html(response.status(), page)
        }
        None => response,
    }
}
