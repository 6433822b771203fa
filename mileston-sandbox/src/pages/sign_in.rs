//! If other machines can reach the sandbox, a browser must present the token before it can open the developers' pages.
//!
//! The token is sent in the body of a form, never in a URL. In exchange, the browser gets a cookie. The token can't be
//! derived from the cookie. Checkout pages require neither the token nor the cookie, because anyone may pay.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

use super::tab::Tab;
use super::urls::Urls;
use super::{headers, layout};
use crate::reach::Reach;
use crate::runtime::{Incoming, Refusal, Response};

/// The path of the form.
pub(super) const PATH: &str = "/_sandbox/sign-in";

/// The field for the token. It isn't named `token`, because the other forms have a field with that name for the form
/// token.
const FIELD: &str = "access";
/// The field with the path of the page to show next.
const NEXT: &str = "next";

/// Accepts a request from a browser that has signed in; otherwise responds with 401 and the form.
pub(super) async fn expect_signed_in(
    State(reach): State<Arc<Reach>>,
    request: Request,
    next: Next,
) -> Response {
    if is_signed_in(&reach, request.headers()) {
        return next.run(request).await;
    }
    let tab = Tab::at(request.uri().path()).unwrap_or(Tab::Developers);
    headers::html(StatusCode::UNAUTHORIZED, view(&Urls::under(reach.url()), tab, false))
}

/// Checks the token and sets the cookie.
pub(super) async fn sign_in(
    State(reach): State<Arc<Reach>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (urls, sent): (_, String) = (Urls::under(reach.url()), incoming.form(FIELD)?);
    let tab: Option<String> = incoming.optional_form(NEXT)?;
    let tab = tab.and_then(|path| Tab::at(&path)).unwrap_or(Tab::Developers);
    let to = Redirect::to(&urls.to(tab.path()));
    let Some(token) = reach.token() else { return Ok(to.into_response()) };
    if !token.matches(sent.trim().as_bytes()) {
        return Ok(headers::html(StatusCode::UNAUTHORIZED, view(&urls, tab, true)));
    }
    let cookie = token.session().and_then(|session| cookie(&reach, &session));
    let cookie = cookie.ok_or_else(|| Refusal::internal("The cookie can't be created."))?;
    Ok(([(SET_COOKIE, cookie)], to).into_response())
}

/// Returns whether the browser has signed in, or doesn't have to.
fn is_signed_in(reach: &Reach, sent: &HeaderMap) -> bool {
    let Some(token) = reach.token() else { return true };
    let cookies = sent.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|text| text.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.any(|(name, value)| name.trim() == name_of(reach) && token.has_session(value.trim()))
}

/// Returns the name of the cookie. Browsers don't separate cookies by port, so the name contains the port.
fn name_of(reach: &Reach) -> String {
    format!("mileston-sandbox-{}", reach.port())
}

/// Returns a cookie that scripts can't read and that browsers don't send with requests from other sites.
fn cookie(reach: &Reach, session: &str) -> Option<HeaderValue> {
    let (name, base) = (name_of(reach), reach.base());
    let secure = if reach.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={session}; Path={base}/; HttpOnly; SameSite=Strict{secure}");
    let mut cookie = HeaderValue::from_str(&text).ok()?;
    cookie.set_sensitive(true);
    Some(cookie)
}

fn view(urls: &Urls, tab: Tab, is_wrong: bool) -> Markup {
    let content = html! {
        div.card {
            h1 { "Sign in" }
            p {
                "Other machines can reach this sandbox, so the developers' pages need its token: the value of "
                code { "MILESTON_SANDBOX_TOKEN" }
                ", which was printed or set when the sandbox was started."
            }
            @if is_wrong { p.notice role="alert" { "This isn't the token of this sandbox." } }
            form method="post" action=(urls.to(PATH)) {
                input type="hidden" name=(NEXT) value=(tab.path());
                label for="access" { "Token" }
                input #access type="password" name=(FIELD) autocomplete="current-password" required autofocus;
                button.primary type="submit" { "Sign in" }
            }
        }
    };
    layout::page(urls, "Sign in", None, content)
}
