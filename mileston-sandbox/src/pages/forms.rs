//! Accepts forms only from pages of this sandbox, not from other sites that are open in the same browser.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;

use super::urls::Urls;
use super::{headers, layout};
use crate::reach::Reach;
use crate::runtime::Response;

/// Accepts a form if the browser says that the form's page has the sandbox's origin; otherwise responds with 403.
pub(super) async fn expect_own_page(
    State(reach): State<Arc<Reach>>,
    request: Request,
    next: Next,
) -> Response {
    if is_own_page(request.headers(), &reach) {
        return next.run(request).await;
    }
    let page = layout::problem(
        &Urls::under(reach.url()),
        "This form wasn't submitted from a sandbox page",
        "Forms are accepted only from the sandbox's own pages. Programs can use `mileston-sandbox keys` and the API \
         under `/_sandbox`.",
    );
    headers::html(StatusCode::FORBIDDEN, page)
}

/// Returns whether the request comes from a page with the sandbox's origin. A page can't forge the `Sec-Fetch-Site`
/// header. Without that header, for example over plain http, this function compares `Origin` with `Host`. A proxy may
/// change `Host`, so the origin of the public URL is accepted as well.
fn is_own_page(headers: &HeaderMap, reach: &Reach) -> bool {
    let text = |value: Option<&axum::http::HeaderValue>| Some(value?.to_str().ok()?.to_owned());
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => match (text(headers.get(ORIGIN)), text(headers.get(HOST))) {
            (Some(origin), Some(host)) => {
                origin == format!("http://{host}") || reach.is_public_origin(&origin)
            }
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::ReachOptions;

    fn is_own(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), value.parse().unwrap())
        });
        let options = ReachOptions {
            public_url: Some("https://dev.example/sandbox".to_owned()),
            ..ReachOptions::default()
        };
        let reach = Reach::new(&options, ([127, 0, 0, 1], 7357).into()).unwrap();
        is_own_page(&headers.collect(), &reach)
    }

    #[test]
    fn a_form_from_another_site_is_recognised() {
        let host = ("host", "127.0.0.1:7357");
        assert!(is_own(&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(is_own(&[host, ("origin", "http://127.0.0.1:7357")]));
        assert!(is_own(&[host, ("origin", "https://dev.example")]));
        for headers in [
            &[host][..],
            &[host, ("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:7357")],
            &[host, ("sec-fetch-site", "same-site")],
            &[host, ("sec-fetch-site", "none")],
            &[host, ("origin", "null")],
            &[host, ("origin", "http://127.0.0.1:80")],
            &[host, ("origin", "https://evil.example")],
            &[host, ("origin", "http://dev.example")],
            &[host, ("origin", "https://dev.example.evil.example")],
        ] {
            assert!(!is_own(headers), "{headers:?}");
        }
    }
}
