//! Records which operation returned a value so that an accessor's error can name the operation.
//!
//! A generated type with fields marked `x-expected` also has a private field of type [`AnsweredBy`]. While the runtime
//! decodes a body, it keeps the operation in a thread-local, from which the field takes its default value. Decoding is
//! synchronous, so no other call can interfere.

use std::cell::Cell;
use std::fmt;

use crate::error::Error;
use crate::operation::Operation;

thread_local! {
    static DECODING: Cell<Option<&'static Operation>> = const { Cell::new(None) };
}

/// The operation that returned a value. The operation is unknown if no call decoded the value.
///
/// A field of this type doesn't affect how the containing value is compared or serialized: all values of this type are
/// equal, and the field is neither serialized nor deserialized.
#[derive(Clone, Copy)]
pub struct AnsweredBy(Option<&'static Operation>);

impl AnsweredBy {
    /// Returns the value of a field that the response is expected to have.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::MissingField`](crate::ErrorKind::MissingField) if the response doesn't have the field.
    #[inline]
    pub fn expect<T>(self, field: &'static str, value: Option<T>) -> Result<T, Error> {
        value.ok_or_else(|| Error::missing_field(self.0, field))
    }
}

/// Creates the value for the operation whose response is being decoded on this thread.
impl Default for AnsweredBy {
    fn default() -> Self {
        AnsweredBy(DECODING.get())
    }
}

impl PartialEq for AnsweredBy {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for AnsweredBy {}

impl fmt::Debug for AnsweredBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.map_or("none", |operation| operation.id))
    }
}

/// Runs `decode`, which decodes an operation's response. Until `decode` returns, new [`AnsweredBy`] values contain this
/// operation.
pub(crate) fn decoding<T>(operation: &'static Operation, decode: impl FnOnce() -> T) -> T {
    let _restored = Restored(DECODING.replace(Some(operation)));
    decode()
}

/// Restores the previous operation when it is dropped, even if decoding panics.
struct Restored(Option<&'static Operation>);

impl Drop for Restored {
    fn drop(&mut self) {
        DECODING.set(self.0);
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use serde::Deserialize;

    use super::*;
    use crate::error::ErrorKind;
    use crate::outcome::Outcome;

    static CREATE: Operation = Operation::new("createBook", Method::POST, "/books");
    static READ: Operation = Operation::new("getBook", Method::GET, "/books");

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Book {
        title: Option<String>,
        #[serde(skip)]
        answered_by: AnsweredBy,
    }

    impl Book {
        fn title(&self) -> Result<&str, Error> {
            self.answered_by.expect("title", self.title.as_deref())
        }
    }

    fn read() -> Book {
        serde_json::from_str("{}").unwrap()
    }

    #[test]
    fn a_missing_field_is_reported_with_its_operation() {
        for (book, text) in [
            (
                decoding(&CREATE, read),
                "`createBook` succeeded, but its response has no `title`. The write was executed: \
                 don't send it again.",
            ),
            (decoding(&READ, read), "`getBook` succeeded, but its response has no `title`."),
            (read(), "the response has no `title`"),
        ] {
            let error = book.title().unwrap_err();
            assert_eq!(error.to_string(), text);
            let (kind, outcome) = (error.kind(), error.outcome());
            assert_eq!((kind, outcome), (ErrorKind::MissingField, Outcome::Executed));
        }
        let id = decoding(&CREATE, read).title().unwrap_err().operation_id();
        assert_eq!(id, Some("createBook"));
    }

    #[test]
    fn a_present_field_is_returned() {
        let book = Book { title: Some("Maps".to_owned()), ..Book::default() };
        assert_eq!(book.title().unwrap(), "Maps");
    }

    #[test]
    fn decoding_inside_decoding_restores_the_outer_operation() {
        let (inner, outer) = decoding(&CREATE, || (decoding(&READ, read), read()));
        assert_eq!(
            format!("{:?} {:?}", inner.answered_by, outer.answered_by),
            "getBook createBook"
        );
        let panicked = std::panic::catch_unwind(|| decoding(&CREATE, || std::panic::panic_any(())));
        assert!(panicked.is_err());
        assert_eq!(format!("{:?}", read()), "Book { title: None, answered_by: none }");
    }

    #[test]
    fn the_operation_is_not_part_of_the_value() {
        assert_eq!(decoding(&CREATE, read), read());
    }
}
