//! A shop that sells tickets, as code to copy. A customer gets an invoice first, and the ticket once the platform says
//! that the invoice is paid.
//!
//! * `settings` reads the keys from the environment.
//! * `shop` has the routes: the front page, the purchase, and the page of an order.
//! * `webhook` receives deliveries and asks the platform whether they are true.
//! * `orders` keeps the orders and serves each one once.
//! * `pages` writes HTML.

mod orders;
mod pages;
mod settings;
mod shop;
mod webhook;

pub use settings::Settings;
pub use shop::{Shop, router};
