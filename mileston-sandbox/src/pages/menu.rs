//! Whose data the pages for developers show, and the menu that leads from one to another.

use maud::{Markup, html};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use crate::platform::Emulation;
use crate::runtime::{Authority, Identity, Incoming, Refusal};

/// A page for developers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// Keys and webhooks.
    Developers,
    /// What was made to be paid.
    Payments,
    /// What endpoints were told.
    Webhooks,
    /// What was asked of the API.
    Requests,
}

const TABS: [Tab; 4] = [Tab::Developers, Tab::Payments, Tab::Webhooks, Tab::Requests];

impl Tab {
    /// Where it is.
    pub(super) fn path(self) -> &'static str {
        match self {
            Tab::Developers => "/",
            Tab::Payments => "/payments",
            Tab::Webhooks => "/webhooks",
            Tab::Requests => "/requests",
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Tab::Developers => "Developers",
            Tab::Payments => "Payments",
            Tab::Webhooks => "Webhooks",
            Tab::Requests => "Requests",
        }
    }
}

/// Which page is shown, for which business and mode.
pub(super) struct Menu {
    pub(super) tab: Tab,
    pub(super) business: BusinessId,
    pub(super) mode: ModeName,
    others: Vec<BusinessId>,
    has_live: bool,
}

impl Menu {
    /// By the query `business` and `mode`; without them the first business, in test mode.
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
        let business = business.ok_or_else(|| Refusal::not_found("There is no such business."))?;
        let has_live = platform.accepts(ModeName::Live);
        let mode: Option<String> = incoming.optional_query("mode")?;
        let mode = match mode.as_deref() {
            Some("live") if has_live => ModeName::Live,
            _ => ModeName::Test,
        };
        Ok(Menu { tab, business, mode, others, has_live })
    }

    /// Whose data is looked at.
    pub(super) fn identity(&self) -> Identity {
        let (business, mode) = (self.business.clone(), self.mode);
        Identity { business, mode, kind: KeyKind::Normal }
    }

    /// A page for the same business and mode.
    pub(super) fn address(&self, tab: Tab) -> String {
        address(tab, &self.business, self.mode)
    }

    /// The menu itself.
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

    /// Links to the other mode, and to other businesses, if there are any.
    pub(super) fn switches(&self) -> Markup {
        html! {
            @if self.has_live {
                p.switch {
                    span { "Mode" }
                    @for mode in [ModeName::Test, ModeName::Live] {
                        a href=(address(self.tab, &self.business, mode))
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
                                a href=(address(self.tab, business, self.mode))
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

/// A tab of a business in a mode. A business id may have letters that mean something in a query.
pub(super) fn address(tab: Tab, business: &BusinessId, mode: ModeName) -> String {
    let business = percent_encoding::utf8_percent_encode(
        business.as_str(),
        percent_encoding::NON_ALPHANUMERIC,
    );
    format!("{}?business={business}&mode={mode}", tab.path())
}
