//! The menu of the pages for developers, and the business and mode they show.

use maud::{Markup, html};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::urls::Urls;
use crate::platform::Emulation;
use crate::runtime::{Authority, Identity, Incoming, Refusal};

/// A page for developers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// Keys and webhooks.
    Developers,
    /// Payment links, invoices and recurring payments.
    Payments,
    /// Webhook deliveries.
    Webhooks,
    /// API requests.
    Requests,
}

const TABS: [Tab; 4] = [Tab::Developers, Tab::Payments, Tab::Webhooks, Tab::Requests];

impl Tab {
    /// Returns the path.
    pub(super) fn path(self) -> &'static str {
        match self {
            Tab::Developers => "/",
            Tab::Payments => "/payments",
            Tab::Webhooks => "/webhooks",
            Tab::Requests => "/requests",
        }
    }

    /// Returns the title.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tab::Developers => "Developers",
            Tab::Payments => "Payments",
            Tab::Webhooks => "Webhooks",
            Tab::Requests => "Requests",
        }
    }
}

/// The current page, business and mode.
pub(super) struct Menu {
    pub(super) urls: Urls,
    pub(super) tab: Tab,
    pub(super) business: BusinessId,
    pub(super) mode: ModeName,
    others: Vec<BusinessId>,
    has_live: bool,
}

impl Menu {
    /// Reads the `business` and `mode` query parameters; the defaults are the first business and test mode.
    pub(super) async fn of(
        platform: &Emulation,
        tab: Tab,
        incoming: &Incoming,
    ) -> Result<Self, Refusal> {
        let wanted: Option<String> = incoming.optional_query("business")?;
        let others = platform.store.businesses().await?;
        let business = match &wanted {
            Some(wanted) => others.iter().find(|known| known.as_str() == wanted),
            None => others.first(),
        };
        let business = business.cloned();
        let business = business.ok_or_else(|| Refusal::not_found("No business has this id."))?;
        let has_live = platform.accepts(ModeName::Live);
        let mode: Option<String> = incoming.optional_query("mode")?;
        let mode = match mode.as_deref() {
            Some("live") if has_live => ModeName::Live,
            _ => ModeName::Test,
        };
        Ok(Menu { urls: Urls::of(platform), tab, business, mode, others, has_live })
    }

    /// Returns the owner of the data shown.
    pub(super) fn identity(&self) -> Identity {
        let (business, mode) = (self.business.clone(), self.mode);
        Identity { business, mode, kind: KeyKind::Normal }
    }

    /// Returns the URL of a page for the same business and mode.
    pub(super) fn address(&self, tab: Tab) -> String {
        self.urls.tab(tab, &self.business, self.mode)
    }

    /// Renders the menu.
    pub(super) fn view(&self) -> Markup {
        html! {
            nav aria-label="Sandbox" {
                @for tab in TABS {
                    a href=(self.address(tab)) aria-current=[(tab == self.tab).then_some("page")] {
                        (tab.name())
                    }
                }
            }
            p.business {
                span { "Business id" }
                code #business { (self.business.as_str()) }
                button.small type="button" data-copy="business" aria-label="Copy the business id" {
                    "Copy"
                }
            }
        }
    }

    /// Renders links to the other mode, and to other businesses, if there are any.
    pub(super) fn switches(&self) -> Markup {
        html! {
            @if self.has_live {
                p.switch {
                    span { "Mode" }
                    @for mode in [ModeName::Test, ModeName::Live] {
                        a href=(self.urls.tab(self.tab, &self.business, mode))
                            aria-current=[(mode == self.mode).then_some("true")] { (mode) }
                    }
                }
            }
            @if self.others.len() > 1 {
                details.switch {
                    summary { (self.others.len()) " businesses" }
                    ul {
                        @for business in &self.others {
                            li {
                                a href=(self.urls.tab(self.tab, business, self.mode))
                                    aria-current=[(*business == self.business).then_some("true")] {
                                    code { (business.as_str()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
