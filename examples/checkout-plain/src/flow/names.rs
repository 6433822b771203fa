//! The names that `index.html` and the style sheet use.

/// Declares enums whose variants have names that the page uses.
macro_rules! names {
    ($($(#[$documentation:meta])* $name:ident { $($(#[$about:meta])* $value:ident = $text:literal,)+ })+) => {$(
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$about])* $value,)+
        }

        impl $name {
            /// All values.
            pub const ALL: &[$name] = &[$($name::$value,)+];

            /// Returns the name that the page uses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($name::$value => $text,)+
                }
            }
        }
    )+};
}

names! {
    /// What the page shows: the value of `data-state` on `<main>`, and of `data-view` on the section to show.
    Screen {
        /// The page is fetching the payment link and the business.
        Loading = "loading",
        /// The payer is picking a network and a token.
        Ready = "ready",
        /// The page is requesting the address to pay to.
        Preparing = "preparing",
        /// The page is showing where to pay and waiting for the payment.
        Waiting = "waiting",
        /// The payment has arrived.
        Verified = "verified",
        /// The payment didn't arrive in time.
        TimedOut = "timed-out",
        /// The payer ended the wait.
        Cancelled = "cancelled",
        /// The platform has no such payment link.
        NotFound = "not-found",
        /// The platform rejected a request.
        Refused = "refused",
        /// The browser reported that there was no response.
        NoResponse = "no-response",
        /// The platform failed, or didn't respond in time.
        Unavailable = "unavailable",
        /// The page can't use a response.
        Unexpected = "unexpected",
        /// The page's URL doesn't contain a payment link.
        NoLink = "no-link",
        /// The page has no valid settings.
        Settings = "settings",
    }

    /// A message that changes. Every element whose `data-text` is the slot's name shows the
    /// message, or is hidden if there is none.
    Slot {
        /// The name of the business.
        Merchant = "merchant",
        /// The title of the product.
        Title = "title",
        /// A longer description of the product.
        Description = "description",
        /// The price.
        Price = "price",
        /// The fee that is added to the price.
        Fee = "fee",
        /// The price and the fee.
        Total = "total",
        /// The amount to send: a number without a unit, so that it can be copied.
        Amount = "amount",
        /// The token to send.
        Token = "token",
        /// The network to send the token on.
        Network = "network",
        /// The address to send the token to.
        Address = "address",
        /// A warning against paying twice.
        Careful = "careful",
        /// The technical reason for a problem.
        Detail = "detail",
        /// The label of the button that retries what failed, timed out or was cancelled.
        Retry = "retry",
        /// The label of the button that goes back to choosing a network and a token.
        Change = "change",
        /// The label of the button that cancels the current step.
        Cancel = "cancel",
    }
}
