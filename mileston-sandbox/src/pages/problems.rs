//! A refusal on a page is told to a person: as a page.

use super::{headers, layout};
use crate::runtime::{Reason, Response};

/// Puts a page in place of a refusal's JSON.
pub(super) async fn show(response: Response) -> Response {
    match response.extensions().get::<Reason>() {
        Some(Reason(text)) => {
            let page = layout::problem("That did not work", &format!("{text}."));
            headers::html(response.status(), page)
        }
        None => response,
    }
}
