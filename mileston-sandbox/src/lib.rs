//! mileston-sandbox
