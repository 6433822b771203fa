//! What holds for every text: it is judged without a panic, never shown, and as the exported patterns judge it,
//! while a program is compiled as when it runs.

mod compiled;
mod no_leak;
mod patterns;
mod places;
