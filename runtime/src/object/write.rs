//! Writes an object, member by member.

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// A struct that is written as an object. `object!` implements this trait.
pub trait WriteObject {
    /// The name of the struct.
    const NAME: &'static str;

    /// Passes all fields to `to`, in order.
    fn fields<F: Fields>(&self, to: &mut F);
}

/// Receives the fields of a struct.
pub trait Fields {
    /// Receives a field. `None` means that it is absent.
    fn field<T: Serialize>(&mut self, name: &'static str, value: Option<&T>);
}

/// Writes a struct.
///
/// # Errors
///
/// Returns an error if a value can't be written.
pub fn write_object<T: WriteObject, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut count = Count(0);
    value.fields(&mut count);
    let mut object = Object { to: serializer.serialize_struct(T::NAME, count.0)?, error: None };
    value.fields(&mut object);
    match object.error {
        None => object.to.end(),
        Some(error) => Err(error),
    }
}

/// Counts the fields that aren't absent, because some formats write the number of fields first.
struct Count(usize);

impl Fields for Count {
    #[inline]
    fn field<T: Serialize>(&mut self, _: &'static str, value: Option<&T>) {
        self.0 += usize::from(value.is_some());
    }
}

struct Object<S: SerializeStruct> {
    to: S,
    /// The first error. Nothing more is written after it.
    error: Option<S::Error>,
}

impl<S: SerializeStruct> Fields for Object<S> {
    #[inline]
    fn field<T: Serialize>(&mut self, name: &'static str, value: Option<&T>) {
        if self.error.is_none() {
            let result = match value {
                Some(value) => self.to.serialize_field(name, value),
                None => self.to.skip_field(name),
            };
            self.error = result.err();
        }
    }
}
