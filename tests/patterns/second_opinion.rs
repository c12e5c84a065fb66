//! The evaluator against the naive second implementation, on patterns and events drawn from the same few words.
//!
//! The words are the difficult ones: numbers where a double ends, spellings of one address, letters whose case is more
//! than one letter, characters beyond the basic plane, stars and backslashes.

use eventbridge_sim::analysis::explain;
use eventbridge_sim::event::Event;
use eventbridge_sim::json::quote;
use eventbridge_sim::pattern::Pattern;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

use super::naive;

/// Names that share paths (`a.b`) and whose order is not that of code points (`😀` stands before `ﬁ`).
const NAMES: [&str; 8] = ["a", "b", "c", "a.b", "b.c", "😀", "ﬁ", "détail"];

#[rustfmt::skip]
const TEXTS: [&str; 48] = [
    "", "x", "X", "xy", "XY", "xyz", "ß", "SS", "ss", "ẞ", "ǅ", "ǆ", "Ǆ", "ŉ", "ʼN", "K", "K", "k", "ς", "σ",
    "Σ", "İ", "i\u{307}", "ı", "😀", "😀b", "B😀", "𐐀", "𐐨", "a*b", "a\\b", "a\\", "\"", "\u{0}", "10.0.0.1",
    "010.0.0.1", "10.0.0.255", "10.0.0.256", "10.1.0.0", "::1", "0:0:0:0:0:0:0:1", "::ffff:a00:1", "fe80::1",
    "FE80::0001", ":", "1", "true", "null",
];

/// Comparable numbers in ascending order, equal ones side by side.
#[rustfmt::skip]
const ASCENDING: [&str; 18] = [
    "-1.7976931348623157e308", "-1e22", "-1.5", "-4.9e-324", "0", "4.9e-324", "2.2250738585072014e-308",
    "0.1", "0.30000000000000004", "1", "299.99", "300", "9007199254740991", "9007199254740992",
    "9007199254740994", "1e22", "1e23", "1.7976931348623157e308",
];

/// Other spellings, and numbers that no double holds.
#[rustfmt::skip]
const NUMBERS: [&str; 18] = [
    "-0", "0.0", "-0.0e5", "1.0", "10e-1", "3.0e2", "3E+2", "300.00", "0.10", "9007199254740993",
    "9007199254740992.0", "299.99999999999999", "12345678901234567890", "1e400", "-1e400", "1e-400", "5e-324",
    "1.7976931348623158e308",
];

fn text() -> impl Strategy<Value = String> {
    select(TEXTS.to_vec()).prop_map(str::to_owned)
}

fn number() -> impl Strategy<Value = String> {
    select([ASCENDING.as_slice(), NUMBERS.as_slice()].concat()).prop_map(str::to_owned)
}

fn comparable() -> impl Strategy<Value = String> {
    select(ASCENDING.to_vec()).prop_map(str::to_owned)
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => text().prop_map(|text| quote(&text)),
        3 => number(),
        1 => select(vec!["true", "false", "null"]).prop_map(str::to_owned),
    ]
}

/// A text with some of its characters replaced by stars, its own stars and backslashes escaped.
fn wildcard() -> impl Strategy<Value = String> {
    (text(), prop::collection::vec(0..4u8, 4)).prop_map(|(text, kinds)| {
        let mut wild = String::new();
        for (at, c) in text.chars().enumerate() {
            match (kinds.get(at % 4), c) {
                (Some(0), _) if !wild.ends_with('*') => wild.push('*'),
                (_, '*') => wild.push_str("\\*"),
                (_, '\\') => wild.push_str("\\\\"),
                (_, c) => wild.push(c),
            }
        }
        if kinds.first() == Some(&1) && !wild.ends_with('*') {
            wild.push('*');
        }
        quote(&wild)
    })
}

/// One operand, or a list of them.
fn one_or_list(item: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = String> {
    let item = item.boxed();
    let list = prop::collection::vec(item.clone(), 1..3).prop_map(|items| format!("[{}]", items.join(",")));
    prop_oneof![item, list]
}

fn operator(name: &'static str, operand: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    operand.prop_map(move |operand| format!("{{\"{name}\":{operand}}}")).boxed()
}

fn quoted() -> impl Strategy<Value = String> {
    text().prop_map(|text| quote(&text))
}

fn folded() -> BoxedStrategy<String> {
    operator("equals-ignore-case", quoted())
}

fn numeric() -> impl Strategy<Value = String> {
    let range = (0..ASCENDING.len() - 1, 1..ASCENDING.len(), select(vec![">", ">="]), select(vec!["<", "<="]));
    let range = range.prop_map(|(low, more, from, to)| {
        let (low, high) = (ASCENDING[low], ASCENDING[(low + more).min(ASCENDING.len() - 1)]);
        format!("[\"{from}\",{low},\"{to}\",{high}]")
    });
    let single = (select(vec!["=", "<", "<=", ">", ">="]), comparable());
    prop_oneof![range, single.prop_map(|(operator, operand)| format!("[\"{operator}\",{operand}]"))]
}

fn anything_but() -> impl Strategy<Value = String> {
    let affix = || quoted().prop_filter("no empty affix", |text| text != "\"\"");
    prop_oneof![
        one_or_list(quoted()),
        one_or_list(comparable()),
        operator("prefix", one_or_list(affix())),
        operator("suffix", one_or_list(affix())),
        operator("equals-ignore-case", one_or_list(quoted())),
        operator("wildcard", one_or_list(wildcard())),
    ]
}

fn leaf() -> impl Strategy<Value = String> {
    let networks = ["10.0.0.0/8", "10.0.0.77/24", "0.0.0.0/0", "10.0.0.1/31", "::/0", "fe80::/10", "::1/127"];
    Union::new(vec![
        scalar().boxed(),
        scalar().boxed(),
        operator("exactly", quoted()),
        operator("prefix", quoted()),
        operator("prefix", folded()),
        operator("suffix", quoted()),
        operator("suffix", folded()),
        folded(),
        operator("wildcard", wildcard()),
        operator("numeric", numeric()),
        operator("cidr", select(networks.to_vec()).prop_map(quote)),
        operator("exists", select(vec!["true", "false"]).prop_map(str::to_owned)),
        operator("anything-but", anything_but()),
    ])
}

fn name() -> impl Strategy<Value = String> {
    select(NAMES.to_vec()).prop_map(str::to_owned)
}

fn object(members: Vec<(String, String)>) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", quote(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn array(items: Vec<String>) -> String {
    format!("[{}]", items.join(","))
}

pub(super) fn pattern() -> impl Strategy<Value = String> {
    let leaves = prop::collection::vec(leaf(), 1..4).prop_map(array).boxed();
    let flat = prop::collection::vec((name(), leaves.clone()), 1..4).prop_map(object);
    flat.prop_recursive(3, 20, 3, move |inner| {
        let field = (name(), prop_oneof![2 => leaves.clone(), 1 => inner.clone()]).boxed();
        let or = prop::collection::vec(inner, 2..4).prop_map(|branches| ("$or".to_owned(), array(branches))).boxed();
        prop::collection::vec(prop_oneof![3 => field, 2 => or], 1..4).prop_map(object)
    })
}

pub(super) fn event() -> impl Strategy<Value = String> {
    let value = scalar().prop_recursive(4, 32, 4, |inner| {
        let members = prop::collection::vec((name(), inner.clone()), 0..4).prop_map(object).boxed();
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(array),
            2 => members.clone(),
            2 => prop::collection::vec(members, 0..4).prop_map(array),
        ]
    });
    prop::collection::vec((name(), value), 0..6).prop_map(object)
}

/// Holds one case: same verdict twice over, and an explanation that agrees.
fn hold(pattern: &str, event: &str) -> Result<(), TestCaseError> {
    // The one refusal that a drawn pattern can meet: a comparison beyond the last double.
    let Ok(read) = Pattern::parse(pattern) else {
        prop_assert!(pattern.contains("1.7976931348623157e308"), "{pattern} was refused");
        return Ok(());
    };
    let parsed = Event::parse(event).unwrap();
    let verdict = read.matches(&parsed).unwrap();
    prop_assert_eq!(verdict, naive::matches(pattern, event), "{} on {}", pattern, event);
    prop_assert_eq!(verdict, explain(&read, &parsed).unwrap().matches);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_implementations_agree_on_patterns_and_events(pattern in pattern(), event in event()) {
        hold(&pattern, &event)?;
    }

    #[test]
    fn two_implementations_agree_on_leaves(leaves in prop::collection::vec(leaf(), 1..3), value in scalar()) {
        hold(&format!("{{\"a\":{}}}", array(leaves)), &format!("{{\"a\":{value}}}"))?;
    }

    #[test]
    fn two_implementations_agree_on_arrays_of_objects(
        fields in prop::collection::vec((name(), leaf()), 1..4),
        elements in prop::collection::vec(prop::collection::vec((name(), scalar()), 0..4), 0..4),
    ) {
        let fields = fields.into_iter().map(|(name, leaf)| (name, format!("[{leaf}]"))).collect();
        let elements = elements.into_iter().map(object).collect();
        hold(&format!("{{\"a\":{}}}", object(fields)), &format!("{{\"a\":{}}}", array(elements)))?;
    }
}
