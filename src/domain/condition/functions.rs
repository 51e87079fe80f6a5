//! The functions of the language.

/// All functions of the language, to suggest one for an unknown name.
pub(super) const FUNCTIONS: [&str; 9] =
    ["has", "size", "startsWith", "endsWith", "contains", "lowerAscii", "timestamp", "duration", "date"];

/// True if a function asks something that is true or false.
pub(super) fn is_test(function: &str) -> bool {
    matches!(function, "has" | "startsWith" | "endsWith" | "contains")
}

/// How a function is called, for those that return a value.
pub(super) fn usage(function: &str) -> &'static str {
    match function {
        "size" => "size(value) or value.size()",
        "lowerAscii" => "text.lowerAscii()",
        "timestamp" => "timestamp(\"2026-03-31T09:00:00Z\")",
        "date" => "date(\"2026-03-31\")",
        _ => "duration(\"1h30m\")",
    }
}
