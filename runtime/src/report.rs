//! Determines whether a body reports an error, and finds the reason for it. Reads only the parts that it needs.
//!
//! APIs, proxies, validators and frameworks report errors in many formats, so this module looks for the reason in all
//! common formats.

mod found;
mod level;
mod names;
mod reason;
mod scalar;
mod text;

use serde::de::DeserializeSeed as _;

use self::found::Report;
use self::level::Level;
pub(crate) use self::names::is_telling;
use self::text::{MAX_MESSAGES, is_prose, kept};
use crate::envelope::Envelope;
use crate::json::Reader;

/// Reads a body. If the body is cut off, uses the part before the cut. `record` lists the fields of the expected
/// record, which never report an error.
pub(crate) fn read(text: &str, envelope: &Envelope, record: &[&str]) -> Report {
    let mut report = Report::default();
    let mut reader = Reader::new(text, None);
    let level = Level { report: &mut report, envelope, record, depth: 0 };
    let whole = level.deserialize(reader.value()).is_ok() && reader.end().is_ok();
    if !whole && report.messages.is_empty() && is_prose(text) {
        report.messages.extend(kept(text.trim()));
    }
    let others = std::mem::take(&mut report.others);
    for other in others {
        if report.messages.len() < MAX_MESSAGES && !report.messages.contains(&other) {
            report.messages.push(other);
        }
    }
    report
}

#[cfg(test)]
mod tests;
