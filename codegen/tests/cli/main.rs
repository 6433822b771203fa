//! The command from outside.

