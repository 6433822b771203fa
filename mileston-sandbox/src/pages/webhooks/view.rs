//! Renders the deliveries page as HTML.

use maud::{Markup, html};

use super::redelivery::REDELIVER;
use crate::pages::code::Language;
use crate::pages::form_token::TOKEN_FIELD;
use crate::pages::menu::Menu;
use crate::pages::snippet::Snippet;
use crate::pages::tab::Tab;
use crate::pages::time::{milliseconds, when};
use crate::pages::{assets, layout};
use crate::store::{DeliveryState, Webhook, WebhookAttempt, WebhookDelivery};
use crate::text::{escape_json, plain, pretty_json, redact};
use crate::webhooks::Way;

/// The data of the page.
pub(super) struct Deliveries<'a> {
    pub(super) menu: &'a Menu,
    pub(super) webhooks: &'a [Webhook],
    /// Newest first.
    pub(super) deliveries: &'a [WebhookDelivery],
    /// The adversary's seed, if the adversary is on.
    pub(super) adversary: Option<u64>,
    pub(super) token: &'a str,
}

/// Renders the page.
pub(super) fn page(of: &Deliveries<'_>) -> Markup {
    let scripts = [assets::COPY.path, assets::LIVE.path];
    layout::tab(
        of.menu,
        &scripts,
        html! { "Deliveries to your endpoints, newest first. The list updates itself. Tokens are not shown." },
        html! {
            div #list data-live {
                @if let Some(seed) = of.adversary {
                    p.notice { "The adversary is on, with the seed " (seed) ". It disrupts deliveries on purpose." }
                }
                @if of.deliveries.is_empty() {
                    (nothing(of))
                } @else {
                    ol.requests.deliveries { @for delivery in of.deliveries { li { (one(of, delivery)) } } }
                }
            }
        },
    )
}

fn nothing(of: &Deliveries<'_>) -> Markup {
    html! {
        div.empty {
            @if of.webhooks.is_empty() {
                h2 { "No webhook is registered yet" }
                p { "Register one under " a href=(of.menu.address(Tab::Developers)) { "Developers" } "." }
            } @else {
                h2 { "No deliveries yet" }
                p { "For each payment, an event is sent to your endpoints. The deliveries are listed here." }
            }
        }
    }
}

fn one(of: &Deliveries<'_>, delivery: &WebhookDelivery) -> Markup {
    let url = of.webhooks.iter().find(|webhook| webhook.id == delivery.webhook);
    let url = url.map_or("a removed webhook", |webhook| &webhook.url);
    html! {
        details #{ "delivery-" (delivery.number) } {
            summary {
                (state(delivery.state))
                span.call { strong { (delivery.event) } " to " (plain(url)) }
                span.soft.facts {
                    (when(&delivery.created)) " · "
                    @match delivery.attempts.len() { 0 => "no attempts yet", 1 => "1 attempt", times => { (times) " attempts" } }
                    @if let DeliveryState::Waiting(next) = delivery.state { " · next attempt " (when(&next)) }
                }
                @if let (Some(last), false) = (delivery.attempts.last(), delivery.state == DeliveryState::Delivered) {
                    span.reason { (outcome(last)) }
                }
            }
            (attempts(&delivery.attempts))
            (body(delivery))
            (again(of, delivery))
        }
    }
}

fn state(state: DeliveryState) -> Markup {
    html! {
        @match state {
            DeliveryState::Delivered => span.state.good { "Delivered" },
            DeliveryState::Waiting(_) => span.state { "Waiting" },
            DeliveryState::GivenUp => span.state.bad { "Given up" },
        }
    }
}

fn attempts(attempts: &[WebhookAttempt]) -> Markup {
    if attempts.is_empty() {
        return html! {};
    }
    layout::table(
        &["Time", "Kind", "Result", "Response"],
        html! { @for attempt in attempts { (try_of(attempt)) } },
    )
}

fn try_of(attempt: &WebhookAttempt) -> Markup {
    html! {
        tr {
            td data-label="Time" { (when(&attempt.started)) }
            td data-label="Kind" { (way(attempt.way)) }
            td data-label="Result" { span { (outcome(attempt)) } span.soft { (milliseconds(attempt.took)) } }
            td data-label="Response" { code { (answer(attempt)) } }
        }
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Sent => "Sent",
        Way::Lost => "Dropped on purpose",
        Way::Forged => "Forged, with a wrong token",
    }
}

fn outcome(attempt: &WebhookAttempt) -> String {
    match (attempt.status, &attempt.problem) {
        (Some(status), _) => status.to_string(),
        (None, Some(problem)) => plain(problem).into_owned(),
        (None, None) => "no response".to_owned(),
    }
}

fn answer(attempt: &WebhookAttempt) -> String {
    redact(&plain(attempt.answer.as_deref().unwrap_or_default()))
}

fn body(delivery: &WebhookDelivery) -> Markup {
    let id = format!("body-{}", delivery.number);
    let json = redact(&delivery.body);
    let json = pretty_json(&json).unwrap_or(json);
    let text = json.lines().map(escape_json).collect::<Vec<_>>().join("\n");
    Snippet { id: &id, title: "Body", language: Language::Json, text: &text }.view()
}

fn again(of: &Deliveries<'_>, delivery: &WebhookDelivery) -> Markup {
    html! {
        form method="post" action=(of.menu.urls.to(REDELIVER)) {
            input type="hidden" name=(TOKEN_FIELD) value=(of.token);
            input type="hidden" name="business" value=(of.menu.business.as_str());
            input type="hidden" name="mode" value=(of.menu.mode);
            input type="hidden" name="delivery" value=(delivery.number);
            button type="submit" { "Send again" }
        }
    }
}
