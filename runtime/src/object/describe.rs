//! Defines the macro that describes the fields of a struct.

/// Implements serde's `Deserialize` and `Serialize` for a struct:
/// `object!(Book, [(0, title, "title", required), (1, page_count, "pageCount", optional)], made_by_new)`. Each entry
/// consists of the field's index, its name in Rust, its name on the wire, and one of the modules in `kinds`. The list can
/// be followed by private fields, which are neither read nor written.
#[macro_export]
#[doc(hidden)]
macro_rules! object {
    (
        $name:ident,
        [$(($at:literal, $field:ident, $wire:literal, $kind:ident)),* $(,)?]
        $(, $private:ident)* $(,)?
    ) => {
        impl<'de> $crate::generated::ReadObject<'de> for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] = &[$($wire),*];

            fn read<A: $crate::generated::MapAccess<'de>>(
                members: &mut $crate::generated::Members<'de, A>,
            ) -> ::std::option::Option<Self> {
                $(let mut $field = ::std::option::Option::None;)*
                while let ::std::option::Option::Some(at) = members.next() {
                    match at {
                        $($at => $crate::generated::kinds::$kind::read(members, &mut $field),)*
                        _ => {}
                    }
                }
                ::std::option::Option::Some(Self {
                    $($field: $crate::generated::kinds::$kind::take(members, $at, $field)?,)*
                    $($private: ::std::default::Default::default(),)*
                })
            }
        }

        impl<'de> $crate::generated::Deserialize<'de> for $name {
            fn deserialize<D: $crate::generated::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::generated::read_object(deserializer)
            }
        }

        impl $crate::generated::WriteObject for $name {
            const NAME: &'static str = stringify!($name);

            fn fields<F: $crate::generated::Fields>(&self, to: &mut F) {
                $($crate::generated::kinds::$kind::write(to, $wire, &self.$field);)*
            }
        }

        impl $crate::generated::Serialize for $name {
            fn serialize<S: $crate::generated::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::generated::write_object(self, serializer)
            }
        }
    };
}
