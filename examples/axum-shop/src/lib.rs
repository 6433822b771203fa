//! A shop that sells tickets, for you to copy. A customer first gets an invoice, and then the ticket, once the platform
//! confirms that the invoice is paid.
//!
//! * `settings` reads the keys from the environment.
//! * `shop` has the routes: the front page, the purchase, and the page of an order.
//! * `webhook` receives deliveries and confirms them with the platform.
//! * `orders` keeps the orders and fulfils each one once.
//! * `pages` writes HTML.

mod orders;
mod pages;
mod settings;
mod shop;
mod webhook;

pub use settings::Settings;
pub use shop::{Shop, router};
