//! Reads the object at the top level of a body, and the object in its `data`.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::found::Report;
use super::names::{REASONS, Telling, telling};
use super::reason::Reason;
use super::scalar::{Scalar, Value, scalars};
use crate::envelope::{Envelope, MESSAGE};
use crate::json::canonical_float;

/// The object at the top level, or the object in its `data`.
pub(super) struct Level<'r> {
    pub(super) report: &'r mut Report,
    pub(super) envelope: &'r Envelope,
    pub(super) record: &'r [&'r str],
    pub(super) depth: u8,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Scalar;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Level<'_> {
    fn field<'de, A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        let Level { report, envelope, record, depth } = self;
        let reason = |report, to_others| Reason { report, prefix: None, depth: 0, to_others };
        match name {
            name if envelope.status == Some(name) && *depth == 0 => {
                report.status_code = map.next_value_seed(Value)?
            }
            name if envelope.flag == Some(name) && *depth == 0 => {
                report.denied = map.next_value_seed(Value)?.is_denial();
            }
            name if envelope.status == Some(name) => {
                report.inner_status = map.next_value_seed(Value)?
            }
            MESSAGE => {
                map.next_value_seed(reason(report, false))?;
            }
            name if envelope.data == Some(name) && *depth == 0 => {
                let level = Level { report, envelope, record: &[], depth: 1 };
                let data = map.next_value_seed(level)?;
                report.has_record |= record.contains(&name) && data != Scalar::Nothing;
            }
            name if record.contains(&name) => {
                report.has_record |= map.next_value_seed(Value)? != Scalar::Nothing;
            }
            "error" => {
                let error = map.next_value_seed(reason(report, true))?;
                report.flag(error.is_error(), *depth);
                if let Scalar::Text(text) = error {
                    report.others.retain(|other| *other != text);
                    report.error = Some(text);
                }
            }
            name => match telling(name) {
                Some(Telling::Error) => {
                    let error = map.next_value_seed(reason(report, true))?;
                    report.flag(error.is_error(), *depth);
                }
                Some(Telling::Success) => {
                    let denied = map.next_value_seed(Value)?.is_denial();
                    report.flag(denied, *depth);
                }
                Some(Telling::Status) if *depth == 0 => {
                    let failed = map.next_value_seed(Value)?.is_failure();
                    report.flag(failed, *depth);
                }
                _ if *depth == 0 && REASONS.contains(&name) => {
                    map.next_value_seed(reason(report, true))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            },
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Scalar, A::Error> {
        let mut scalar = Scalar::Empty;
        while let Some(name) = map.next_key::<String>()? {
            self.field(&name, &mut map)?;
            scalar = Scalar::Full;
        }
        Ok(scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Scalar, A::Error> {
        Value.visit_seq(list)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
        self.report.push(text, None, false);
        Ok(Scalar::Full)
    }

    scalars! {}
}
