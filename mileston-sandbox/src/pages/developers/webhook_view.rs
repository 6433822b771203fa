//! Webhooks on the Developers tab, as HTML.

use maud::{Markup, html};
use mileston_keys::WebhookToken;

use super::view::{Developers, hidden};
use super::webhook_changes::{REGISTER, REMOVE, VERIFICATION};
use crate::pages::layout;
use crate::pages::menu::Tab;
use crate::pages::time::when;
use crate::store::Webhook;
use crate::webhooks::EVENTS;

/// Those that there are, and a form for another.
pub(super) fn section(tab: &Developers<'_>) -> Markup {
    html! {
        section aria-labelledby="webhooks-title" {
            h2 #webhooks-title { "Webhooks" }
            p {
                "An endpoint of yours is told of each payment. What it was told is on "
                a href=(tab.menu.address(Tab::Webhooks)) { "Webhooks" } "."
            }
            @if !tab.webhooks.is_empty() { (list(tab)) }
        }
        (form(tab))
    }
}

/// The token of a webhook that was just registered.
pub(super) fn registered(token: Option<&WebhookToken>) -> Markup {
    html! {
        div.reveal role="status" {
            @if let Some(token) = token {
                h2 { "A new webhook" }
                p {
                    "Copy its verification token now, it is not shown again. Every delivery brings it along in the header "
                    code { "X-Webhook-Signature" } "."
                }
                p.address { code #verification { (token.expose_secret()) } }
                button type="button" data-copy="verification" aria-label="Copy the verification token" { "Copy" }
            } @else {
                p { "The verification token was shown before, and is not shown again. If nobody has it, remove the webhook." }
            }
        }
    }
}

fn list(tab: &Developers<'_>) -> Markup {
    html! {
        (layout::table(
            &["Endpoint", "Events", "Registered", "Change"],
            html! { @for webhook in tab.webhooks { (row(tab, webhook)) } },
        ))
    }
}

fn row(tab: &Developers<'_>, webhook: &Webhook) -> Markup {
    html! {
        tr {
            td data-label="Endpoint" { code { (webhook.url) } }
            td data-label="Events" { @for event in &webhook.events { code { (event) } } }
            td data-label="Registered" { (when(&webhook.created)) }
            td data-label="Change" {
                details.change {
                    summary { "Remove" span.hidden { " the webhook to " (webhook.url) } }
                    form method="post" action=(REMOVE) {
                        (hidden(tab, None))
                        input type="hidden" name="webhook" value=(webhook.id);
                        p { "What waits for it is not delivered, and what it was told is forgotten." }
                        button.danger type="submit" { "Remove it" }
                    }
                }
            }
        }
    }
}

fn form(tab: &Developers<'_>) -> Markup {
    html! {
        section aria-labelledby="register-title" {
            h2 #register-title { "Register a webhook" }
            form.fields method="post" action=(REGISTER) autocomplete="off" {
                (hidden(tab, None))
                label for="url" { "URL" }
                input #url type="url" name="url" required placeholder="http://127.0.0.1:3000/mileston";
                label for="token" { "Verification token" }
                input #token type="text" name=(VERIFICATION) aria-describedby="token-help" spellcheck="false";
                p #token-help .soft { "Leave it empty, and one is made." }
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
}
