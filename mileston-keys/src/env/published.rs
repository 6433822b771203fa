//! Recognises variables that build tools publish: the tools copy the values into the code that browsers load.

/// Prefixes of the variables that build tools publish. Sources: the documentation of each tool, or the code that
/// selects its variables. The tools, in the order of the list: Astro, SvelteKit, Rsbuild (`PUBLIC_`); Vite; Create
/// React App; preact-cli; Vue CLI; @ngx-env/builder; Taro; Umi; Gatsby; Gridsome; Razzle; Storybook; Laravel Mix;
/// Redwood; Nuxt 2 (`NUXT_ENV_`); Sanity; Strapi; WXT; ice.js; Tauri's template for Vite.
const PREFIXES: [&str; 21] = [
    "PUBLIC_",
    "VITE_",
    "REACT_APP_",
    "PREACT_APP_",
    "VUE_APP_",
    "NG_APP_",
    "TARO_APP_",
    "UMI_APP_",
    "GATSBY_",
    "GRIDSOME_",
    "RAZZLE_",
    "STORYBOOK_",
    "MIX_",
    "REDWOOD_ENV_",
    "NUXT_ENV_",
    "SANITY_STUDIO_",
    "SANITY_APP_",
    "STRAPI_ADMIN_",
    "WXT_",
    "ICE_",
    "TAURI_",
];

/// Prefixes that may also come after a name. Next.js, Expo, Nuxt, Nx, Plasmo, Snowpack and others use `PUBLIC_` after
/// their own name (`NEXT_PUBLIC_`), and electron-vite uses `VITE_` after other names (`RENDERER_VITE_`). The name can
/// be any text without `_`, because a new tool is likely to use its own name in the same way.
const AFTER_A_NAME: [&str; 2] = ["PUBLIC_", "VITE_"];

/// Returns the prefix that makes build tools publish the variable, or `None` if the name has no such prefix.
///
/// Ignores case, because Create React App, Nx, Razzle, ice.js and Strapi ignore it, and so does Windows.
pub(crate) fn published_prefix(variable: &str) -> Option<&str> {
    let begins = |text: &str, prefix: &&str| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let length = match PREFIXES.iter().find(|prefix| begins(variable, prefix)) {
        Some(prefix) => prefix.len(),
        None => {
            let name = variable.find('_')? + 1;
            let rest = variable.get(name..)?;
            name + AFTER_A_NAME.iter().find(|prefix| begins(rest, prefix))?.len()
        }
    };
    variable.get(..length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_build_tools_publish_are_recognised() {
        for (variable, prefix) in [
            ("NEXT_PUBLIC_MILESTON_KEY", "NEXT_PUBLIC_"),
            ("VITE_KEY", "VITE_"),
            ("REACT_APP_KEY", "REACT_APP_"),
            ("react_app_key", "react_app_"),
            ("EXPO_PUBLIC_KEY", "EXPO_PUBLIC_"),
            ("NUXT_PUBLIC_KEY", "NUXT_PUBLIC_"),
            ("NUXT_ENV_KEY", "NUXT_ENV_"),
            ("GATSBY_KEY", "GATSBY_"),
            ("PUBLIC_KEY", "PUBLIC_"),
            ("PUBLIC_ENV__KEY", "PUBLIC_"),
            ("VUE_APP_KEY", "VUE_APP_"),
            ("NG_APP_KEY", "NG_APP_"),
            ("NX_PUBLIC_KEY", "NX_PUBLIC_"),
            ("PLASMO_PUBLIC_KEY", "PLASMO_PUBLIC_"),
            ("SNOWPACK_PUBLIC_KEY", "SNOWPACK_PUBLIC_"),
            ("BUN_PUBLIC_KEY", "BUN_PUBLIC_"),
            ("RENDERER_VITE_KEY", "RENDERER_VITE_"),
            ("STORYBOOK_KEY", "STORYBOOK_"),
            ("MIX_KEY", "MIX_"),
            ("REDWOOD_ENV_KEY", "REDWOOD_ENV_"),
            ("SANITY_STUDIO_KEY", "SANITY_STUDIO_"),
            ("TAURI_PRIVATE_KEY", "TAURI_"),
        ] {
            assert_eq!(published_prefix(variable), Some(prefix), "{variable}");
        }
    }

    #[test]
    fn other_variables_are_not_treated_as_published() {
        for variable in [
            "MILESTON_KEY",
            "NEXT_KEY",
            "NUXT_MILESTON_KEY",
            "EXPO_TOKEN",
            "REACT_KEY",
            "PUBLICATION_KEY",
            "INVITE_KEY",
            "MILESTON_KEY_PUBLIC_",
            "NG_KEY",
            "",
            "_",
        ] {
            assert_eq!(published_prefix(variable), None, "{variable}");
        }
    }
}
