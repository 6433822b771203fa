//! The menu of the developers' pages, and the business and mode that the pages show.

use std::sync::Arc;

use axum::extract::FromRef;
use maud::{Markup, html};
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::state::Pages;
use super::tab::{TABS, Tab};
use super::urls::Urls;
use crate::issuer::Issuer;
use crate::runtime::{Identity, Incoming, Refusal};
use crate::store::Store;

/// The current page, business and mode.
pub(super) struct Menu {
    pub(super) urls: Urls,
    pub(super) tab: Tab,
    pub(super) business: BusinessId,
    pub(super) mode: ModeName,
    businesses: Vec<BusinessId>,
    has_live: bool,
}

/// The parts of the sandbox that a menu needs.
#[derive(Clone)]
pub(super) struct Menus {
    store: Arc<Store>,
    issuer: Arc<Issuer>,
    urls: Urls,
}

impl FromRef<Pages> for Menus {
    fn from_ref(pages: &Pages) -> Self {
        let (store, issuer) = (Arc::clone(&pages.store), Arc::clone(&pages.issuer));
        Menus { store, issuer, urls: pages.urls.clone() }
    }
}

impl Menus {
    /// Reads the `business` and `mode` query parameters; the defaults are the first business and test mode.
    pub(super) async fn of(&self, tab: Tab, incoming: &Incoming) -> Result<Menu, Refusal> {
        let wanted: Option<String> = incoming.optional_query("business")?;
        let businesses = self.store.businesses().await?;
        let business = match &wanted {
            Some(wanted) => businesses.iter().find(|known| known.as_str() == wanted),
            None => businesses.first(),
        };
        let business = business.cloned();
        let business = business.ok_or_else(|| Refusal::not_found("No business has this id."))?;
        let has_live = self.issuer.has_live_mode();
        let mode: Option<String> = incoming.optional_query("mode")?;
        let mode = match mode.as_deref() {
            Some("live") if has_live => ModeName::Live,
            _ => ModeName::Test,
        };
        Ok(Menu { urls: self.urls.clone(), tab, business, mode, businesses, has_live })
    }
}

impl Menu {
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
            nav.tabs aria-label="Sandbox" {
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

    /// Renders links to both modes, if there are two modes and the page depends on the mode.
    pub(super) fn modes(&self) -> Markup {
        html! {
            @if self.has_live && self.tab.shows_one_business() {
                nav.switch aria-label="Mode" {
                    @for mode in [ModeName::Test, ModeName::Live] {
                        a href=(self.urls.tab(self.tab, &self.business, mode))
                            aria-current=[(mode == self.mode).then_some("true")] { (mode) }
                    }
                }
            }
        }
    }

    /// Renders links to all businesses, if there are several and the page depends on the business.
    pub(super) fn businesses(&self) -> Markup {
        html! {
            @if self.businesses.len() > 1 && self.tab.shows_one_business() {
                details.businesses {
                    summary { (self.businesses.len()) " businesses" }
                    ul {
                        @for business in &self.businesses {
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
