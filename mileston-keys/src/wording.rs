//! Defines what the compiler prints if a type doesn't implement a trait. Browsers and other targets have different
//! messages.

/// Defines a trait with one `on_unimplemented` message for browsers and another for other targets.
macro_rules! by_target {
    (
        browser { $($browser:tt)+ }
        elsewhere { $($elsewhere:tt)+ }
        $($item:tt)+
    ) => {
        #[cfg_attr(
            all(target_family = "wasm", not(target_os = "wasi"), not(mileston_backend_in_wasm)),
            diagnostic::on_unimplemented($($browser)+)
        )]
        #[cfg_attr(
            not(all(target_family = "wasm", not(target_os = "wasi"), not(mileston_backend_in_wasm))),
            diagnostic::on_unimplemented($($elsewhere)+)
        )]
        $($item)+
    };
}

/// Defines a trait that no type implements in a browser. The notes say why, and how to fix the program.
macro_rules! backend_only {
    (
        message = $message:literal,
        label = $label:literal,
        elsewhere { $($elsewhere:tt)+ }
        $($item:tt)+
    ) => {
        $crate::wording::by_target! {
            browser {
                message = $message,
                label = $label,
                note = "everyone who opens the page can read everything in it",
                note = "give the page a Checkout key (`CheckoutKey<M>`), and let it call your backend for everything else",
                note = "if this is a backend that runs as WebAssembly, build it with `RUSTFLAGS=\"--cfg mileston_backend_in_wasm\"`",
            }
            elsewhere { $($elsewhere)+ }
            $($item)+
        }
    };
}

pub(crate) use {backend_only, by_target};
