//! Classifies media types.

pub(super) const JSON: &str = "application/json";

/// The class of a media type, in order of preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Media {
    /// JSON. The number ranks the media types for JSON: `application/json` first, then other names,
    /// then ranges that include JSON.
    Json(u8),
    Form,
    Multipart,
    /// Server-sent events.
    Events,
    /// JSON values, one after the other.
    Lines,
    Text,
    Bytes,
}

impl Media {
    /// Returns the class of a media type by its name.
    pub(crate) fn of(name: &str) -> Media {
        let bare = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match bare.as_str() {
            _ if name == JSON => Media::Json(0),
            JSON => Media::Json(1),
            "text/json" => Media::Json(2),
            "application/x-www-form-urlencoded" => Media::Form,
            "multipart/form-data" => Media::Multipart,
            "text/event-stream" => Media::Events,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/json-lines"
            | "application/json-seq"
            | "application/stream+json"
            | "application/x-json-stream" => Media::Lines,
            _ if bare.ends_with("+json-seq") => Media::Lines,
            _ if bare.ends_with("+json") => Media::Json(2),
            "*/*" | "application/*" | "*" => Media::Json(3),
            _ if bare.starts_with("text/") || bare.ends_with("+xml") || bare.ends_with("+yaml") => {
                Media::Text
            }
            "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/javascript"
            | "application/graphql"
            | "application/jwt" => Media::Text,
            _ => Media::Bytes,
        }
    }

    pub(super) fn is_json(self) -> bool {
        matches!(self, Media::Json(_))
    }

    /// Returns whether this is `application/json` or a range that includes JSON.
    pub(super) fn is_any_json(self) -> bool {
        matches!(self, Media::Json(0 | 1 | 3))
    }
}
