//! What holds for every text: it is judged without a panic, never shown, and as the exported patterns judge it.

mod no_leak;
mod patterns;
mod places;
