//! A shop that sells tickets, to copy from: a customer gets an invoice, and the ticket once the platform says that it is paid.
//!
//! * `settings` reads the keys from the environment.
//! * `shop` has the routes: the front page, the purchase, and the page of an order.
//! * `webhook` receives the deliveries of the platform, and asks the platform whether they are true.
//! * `orders` keeps the orders and serves each of them once.
//! * `pages` writes HTML.

mod orders;
mod pages;
mod settings;
mod shop;
mod webhook;

pub use settings::Settings;
pub use shop::{Shop, router};
