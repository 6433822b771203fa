//! Defines the kinds of fields: whether a field can be missing or `null`, and how it is read and written. `object!`
//! refers to these modules.

/// A field that every object has.
pub mod required {
    use serde::de::{Deserialize, MapAccess};
    use serde::ser::Serialize;

    use crate::object::{Fields, Members};

    pub use super::read;

    /// Returns the value. A missing value is `None` for an `Option`, and an error for most other types.
    #[inline]
    pub fn take<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
        members: &mut Members<'de, A>,
        at: usize,
        value: Option<T>,
    ) -> Option<T> {
        value.or_else(|| members.missing(at))
    }

    /// Writes the value.
    #[inline]
    pub fn write<T: Serialize>(to: &mut impl Fields, name: &'static str, value: &T) {
        to.field(name, Some(value));
    }
}

/// A field that every object has and that may be `null`.
pub mod or_null {
    use serde::de::MapAccess;

    use crate::object::Members;

    pub use super::read;
    pub use super::required::write;

    /// Returns the value. A missing value is an error.
    #[inline]
    pub fn take<'de, T, A: MapAccess<'de>>(
        members: &mut Members<'de, A>,
        at: usize,
        value: Option<T>,
    ) -> Option<T> {
        if value.is_none() {
            members.lacks(at);
        }
        value
    }
}

/// A field that is `None` if it is missing or `null`.
pub mod optional {
    use serde::ser::Serialize;

    use crate::object::Fields;

    pub use super::{read, take};

    /// Writes the value unless it is `None`.
    #[inline]
    pub fn write<T: Serialize>(to: &mut impl Fields, name: &'static str, value: &Option<T>) {
        to.field(name, value.as_ref());
    }
}

/// A field that only responses contain. It is never written.
pub mod received {
    use crate::object::Fields;

    pub use super::{read, take};

    /// Writes nothing.
    #[inline]
    pub fn write<T>(_: &mut impl Fields, _: &'static str, _: &Option<T>) {}
}

/// A field that is absent, `null` or a value.
pub mod nullable {
    use serde::ser::Serialize;

    use crate::Nullable;
    use crate::object::Fields;

    pub use super::{read, take};

    /// Writes the value unless it is absent.
    #[inline]
    pub fn write<T: Serialize>(to: &mut impl Fields, name: &'static str, value: &Nullable<T>) {
        to.field(name, Some(value).filter(|it| !it.is_absent()));
    }
}

/// A field that takes its default value if it is missing or `null`.
pub mod or_default {
    use serde::de::{Deserialize, MapAccess};

    use crate::object::Members;

    pub use super::required::write;
    pub use super::take;

    /// Reads the value of the current member.
    #[inline]
    pub fn read<'de, T: Default + Deserialize<'de>, A: MapAccess<'de>>(
        members: &mut Members<'de, A>,
        value: &mut Option<T>,
    ) {
        *value = members.value::<Option<T>>().map(Option::unwrap_or_default);
    }
}

use serde::de::{Deserialize, MapAccess};

use super::Members;

/// Reads the value of the current member.
#[inline]
pub fn read<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: &mut Members<'de, A>,
    value: &mut Option<T>,
) {
    *value = members.value();
}

/// Returns the value, or the default if it is missing.
#[inline]
pub fn take<'de, T: Default, A: MapAccess<'de>>(
    _: &mut Members<'de, A>,
    _: usize,
    value: Option<T>,
) -> Option<T> {
    Some(value.unwrap_or_default())
}
