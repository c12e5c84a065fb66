//! Our writer of JSON beside `serde_json`'s: the same bytes for every value.

use eventbridge_sim::json::{self, Value, to_text};
use proptest::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// All that serde can tell of.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Every {
    truth: bool,
    small: (i8, u8, i16, u16),
    large: (i32, u32, i64, u64),
    #[serde(skip_serializing_if = "Option::is_none")]
    fraction: Option<f64>,
    single: f32,
    letter: char,
    text: String,
    nothing: (),
    empty: Empty,
    wrapped: Wrapped,
    pair: Pair,
    #[serde(flatten)]
    inner: Inner,
    list: Vec<Kind>,
    by_name: BTreeMap<String, Option<u8>>,
    by_number: BTreeMap<i16, Vec<u8>>,
}

#[derive(Debug, Clone, Serialize)]
struct Empty;

#[derive(Debug, Clone, Serialize)]
struct Wrapped(String);

#[derive(Debug, Clone, Serialize)]
struct Pair(u8, String);

#[derive(Debug, Clone, Serialize)]
struct Inner {
    #[serde(rename = "a \"name\"")]
    name: String,
    more: Option<Vec<String>>,
}

#[derive(Debug, Clone, Serialize)]
enum Kind {
    Unit,
    New(String),
    Tuple(u8, bool),
    Struct { a: u8, b: Option<String> },
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,12}", "[\u{0}-\u{20}\"\\\\/\u{7f}é😀\u{2028}]{0,12}"]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Unit),
        text().prop_map(Kind::New),
        any::<(u8, bool)>().prop_map(|(a, b)| Kind::Tuple(a, b)),
        (any::<u8>(), prop::option::of(text())).prop_map(|(a, b)| Kind::Struct { a, b }),
    ]
}

fn every() -> impl Strategy<Value = Every> {
    let numbers = (any::<bool>(), any::<(i8, u8, i16, u16)>(), any::<(i32, u32, i64, u64)>(), any::<u8>());
    let texts = (any::<char>(), text(), text(), text(), prop::option::of(prop::collection::vec(text(), 0..3)));
    let maps = (
        prop::collection::vec(kind(), 0..4),
        prop::collection::btree_map(text(), any::<Option<u8>>(), 0..3),
        prop::collection::btree_map(any::<i16>(), prop::collection::vec(any::<u8>(), 0..3), 0..3),
    );
    (numbers, texts, maps).prop_map(|((truth, small, large, byte), texts, (list, by_name, by_number))| {
        let (letter, text, wrapped, name, more) = texts;
        Every {
            truth,
            small,
            large,
            fraction: truth.then_some(f64::from(byte) / 4.0),
            single: f32::from(byte) / 2.0,
            letter,
            nothing: (),
            empty: Empty,
            pair: Pair(byte, text.clone()),
            text,
            wrapped: Wrapped(wrapped),
            inner: Inner { name, more },
            list,
            by_name,
            by_number,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_write_the_same(every in every()) {
        // Fractions are spelled otherwise (`1` for `1.0`), so they are compared by what they say.
        let (ours, theirs) = (to_text(&every), serde_json::to_string(&every).unwrap());
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        prop_assert_eq!(numbers_as_doubles(read(&ours)), numbers_as_doubles(read(&theirs)));
        let whole = Every { fraction: None, single: 0.5, ..every };
        prop_assert_eq!(to_text(&whole), serde_json::to_string(&whole).unwrap());
    }
}

fn numbers_as_doubles(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) => serde_json::json!(number.as_f64()),
        serde_json::Value::Array(items) => items.into_iter().map(numbers_as_doubles).collect(),
        serde_json::Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, numbers_as_doubles(value))).collect()
        }
        other => other,
    }
}

#[test]
fn json_is_embedded_as_it_is_spelled() {
    let value = json::parse(r#"{"n": 1.0e+2, "long": 12345678901234567890.10, "t": "a\u0062\n"}"#).unwrap();
    #[derive(Serialize)]
    struct Holder {
        value: Value,
        list: Vec<Value>,
        after: &'static str,
    }
    let holder = Holder { value: value.clone(), list: vec![Value::string("x\"y"), value], after: "\"quoted\"" };
    let inner = r#"{"n":1.0e+2,"long":12345678901234567890.10,"t":"ab\n"}"#;
    let expected = format!(r#"{{"value":{inner},"list":["x\"y",{inner}],"after":"\"quoted\""}}"#);
    assert_eq!(to_text(&holder), expected);
    assert_eq!(serde_json::to_string(&holder).unwrap(), expected);
}

#[test]
fn what_is_no_number_is_null() {
    assert_eq!(to_text(&[f64::NAN, f64::INFINITY, 0.5, -1.25]), "[null,null,0.5,-1.25]");
    assert_eq!(to_text(&f32::NEG_INFINITY), "null");
}
