//! Which paths a pattern tests, and what it reads there.

use eventbridge_sim::pattern::{Pattern, Reads};

#[test]
fn a_path_is_read_for_existence_only_when_every_leaf_there_is_exists() {
    let text = r#"{"b":[{"exists":true}],"$or":[{"a":{"x":[{"exists":false}]}},{"a":{"x":[1]},"c.d":[2]}]}"#;
    let pattern = Pattern::parse(text).unwrap();
    let tested: Vec<(&str, Reads)> = pattern.tested().map(|tested| (tested.path, tested.reads)).collect();
    assert_eq!(tested, [("a.x", Reads::Value), ("b", Reads::Existence), ("c.d", Reads::Value)]);
}

#[test]
fn errors_are_told_in_both_languages() {
    let error = Pattern::parse("{\"a\": [{\"perfix\": \"x\"}]}").unwrap_err();
    assert_eq!(
        error.aws_message(),
        "Event pattern is not valid. Reason: Unrecognized match type perfix\n at [Source: (String)\"{\"a\": [{\"perfix\": \"x\"}]}\"; line: 1, column: 20]"
    );
    let diagnostic = error.to_diagnostic();
    assert_eq!(diagnostic.message, "event pattern is not valid: unrecognized match type perfix");
    assert_eq!(diagnostic.help.as_deref(), Some("did you mean `prefix`?"));
    assert_eq!(diagnostic.span.unwrap().of("{\"a\": [{\"perfix\": \"x\"}]}"), "\"perfix\"");
}

#[test]
fn the_services_place_counts_lines_and_utf16_units() {
    let text = "{\n  \"é😀\": [\n    {\"prefix\": \"😀\", \"x\": 1}\n  ]\n}";
    let error = Pattern::parse(text).unwrap_err();
    let place =
        format!("Only one key allowed in match expression\n at [Source: (String)\"{text}\"; line: 3, column: 28]");
    assert_eq!(error.reason(), place);
    let located = error.to_diagnostic().locate(text).range.unwrap();
    assert_eq!((located.start.line, located.start.column, located.end.column), (3, 22, 25));
}
