//! Webhooks on the Developers tab, as HTML.

use maud::{Markup, html};
use mileston_keys::WebhookToken;

use super::data::{Developers, hidden};
use super::webhook_changes::{REGISTER, REMOVE, VERIFICATION};
use crate::pages::tab::Tab;
use crate::pages::time::when;
use crate::store::Webhook;
use crate::webhooks::EVENTS;

/// Renders the list of webhooks and the form for a new one.
pub(super) fn section(tab: &Developers<'_>) -> Markup {
    html! {
        section.panel aria-labelledby="webhooks-title" {
            h2 #webhooks-title { "Webhooks" }
            p {
                "Your endpoint gets a POST for each payment. The deliveries are listed on the "
                a href=(tab.menu.address(Tab::Webhooks)) { "Webhooks" } " page."
            }
            @if !tab.webhooks.is_empty() {
                ul.items { @for webhook in tab.webhooks { li { (item(tab, webhook)) } } }
            }
            (form(tab))
        }
    }
}

/// Renders the token of a webhook that was just registered.
pub(super) fn registered(token: Option<&WebhookToken>) -> Markup {
    html! {
        div.reveal role="status" {
            @if let Some(token) = token {
                h2 { "A new webhook" }
                p {
                    "Copy its verification token now: it won't be shown again. Every delivery has it in the "
                    code { "X-Webhook-Signature" } " header."
                }
                p.address { code #verification { (token.expose_secret()) } }
                button type="button" data-copy="verification" aria-label="Copy the verification token" { "Copy" }
            } @else {
                p { "The verification token was already shown once and won't be shown again. If you didn't save it, remove the webhook and register it again." }
            }
        }
    }
}

fn item(tab: &Developers<'_>, webhook: &Webhook) -> Markup {
    html! {
        div.item {
            div {
                code.title { (webhook.url) }
                span.soft { @for event in &webhook.events { code { (event) } " " } }
                span.soft { "registered " (when(&webhook.created)) }
            }
        }
        div.changes {
            details.change {
                summary { "Remove" span.hidden { " the webhook to " (webhook.url) } }
                form method="post" action=(tab.menu.urls.to(REMOVE)) {
                    (hidden(tab, None))
                    input type="hidden" name="webhook" value=(webhook.id);
                    p { "Pending deliveries are dropped, and the webhook's delivery log is deleted." }
                    button.danger type="submit" { "Remove this webhook" }
                }
            }
        }
    }
}

fn form(tab: &Developers<'_>) -> Markup {
    html! {
        form.fields method="post" action=(tab.menu.urls.to(REGISTER)) autocomplete="off" {
            (hidden(tab, None))
            h3 { "Register a webhook" }
            label for="url" { "URL" }
            input #url type="url" name="url" required placeholder="http://127.0.0.1:3000/mileston";
            label for="token" { "Verification token" }
            input #token type="text" name=(VERIFICATION) aria-describedby="token-help" spellcheck="false";
            p #token-help .soft { "Leave this field empty to generate a token." }
            fieldset {
                legend { "Events" }
                div.options.two {
                    @for event in &EVENTS {
                        label.option {
                            input type="checkbox" name=(event.as_str()) value="on" checked;
                            code { (event) }
                        }
                    }
                }
            }
            button.primary type="submit" { "Register for " (tab.menu.mode) " payments" }
        }
    }
}
