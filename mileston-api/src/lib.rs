//! mileston-api
