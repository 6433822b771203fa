//! The pages for developers.

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

/// All tabs, in menu order.
pub(super) const TABS: [Tab; 4] = [Tab::Developers, Tab::Payments, Tab::Webhooks, Tab::Requests];

impl Tab {
    /// Returns the tab with this path.
    pub(super) fn at(path: &str) -> Option<Self> {
        TABS.into_iter().find(|tab| tab.path() == path)
    }

    /// Returns the path.
    pub(super) fn path(self) -> &'static str {
        match self {
            Tab::Developers => "/",
            Tab::Payments => "/payments",
            Tab::Webhooks => "/webhooks",
            Tab::Requests => "/requests",
        }
    }

    /// Returns whether the tab shows a single business in a single mode. The requests page shows all businesses in both
    /// modes.
    pub(super) fn shows_one_business(self) -> bool {
        self != Tab::Requests
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
