//! Checks properties that hold for any text: checking it never panics, errors never show it, and the parser, the
//! exported patterns and the compile-time checks all agree.

mod compiled;
mod no_leak;
mod patterns;
mod places;
