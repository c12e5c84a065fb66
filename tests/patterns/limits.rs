//! The service's limits: how complex wildcards may be, and how many combinations `$or`s may give.
//!
//! The edges are those recorded on the service; the scores are the engine's.

use eventbridge_sim::event::Event;
use eventbridge_sim::pattern::{Complexity, Pattern, Score};

fn complexity(leaves: &str) -> Complexity {
    Pattern::parse(&format!("{{\"a\":[{leaves}]}}")).unwrap().complexity()
}

/// One leaf for each text.
fn leaves(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().map(|text| format!("{{\"wildcard\":\"{text}\"}}")).collect::<Vec<_>>().join(",")
}

/// One leaf that refuses all texts.
fn anything_but(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| format!("\"{text}\"")).collect();
    format!("{{\"anything-but\":{{\"wildcard\":[{}]}}}}", texts.join(","))
}

#[test]
fn scores_are_the_engines() {
    let scores = [
        ("", 1),
        ("abc", 1),
        ("*a", 2),
        ("a*", 2),
        ("*a*", 3),
        ("*abcdefgh*", 3),
        ("*aaaa*", 6),
        ("*a*b*c*d*e*", 7),
        ("*:*:*:*:event-bus/*", 9),
        ("*:*:*:*:*:event-bus/*", 11),
    ];
    for (text, wanted) in scores {
        assert_eq!(complexity(&leaves([text.to_owned()])).score, Score::Exactly(wanted), "{text}");
    }
    assert_eq!(complexity(r#""plain",{"prefix":"a"},{"anything-but":"b"}"#).score, Score::Exactly(0));
}

#[test]
fn the_service_refuses_a_score_of_eleven() {
    let repeated = |n: usize| format!("*{}*", "abc".repeat(n));
    let edges = [
        (leaves(["*a".repeat(5)]), leaves(["*a".repeat(5) + "*"])),
        (leaves([repeated(8)]), leaves([repeated(9)])),
        (leaves((0..3).map(|n| format!("*a{n}*"))), leaves((0..4).map(|n| format!("*a{n}*")))),
        (leaves((0..10).map(|n| format!("{n}*x"))), leaves((0..11).map(|n| format!("{n}*x")))),
        (leaves((0..10).map(|n| n.to_string())), leaves((0..11).map(|n| n.to_string()))),
        (leaves(vec!["*a*".to_owned(); 4]), leaves(vec!["*a*".to_owned(); 5])),
        (anything_but((0..12).map(|n| format!("{n}*x"))), anything_but((0..5).map(|n| format!("*a{n}*")))),
    ];
    for (accepted, refused) in edges {
        assert!(!complexity(&accepted).is_refused(), "{accepted}");
        assert!(complexity(&refused).is_refused(), "{refused}");
    }
}

#[test]
fn fields_do_not_add_up_and_branches_do() {
    let field = |n: u32| format!("\"f{n}\":[{{\"wildcard\":\"*a*\"}}]");
    let fields: Vec<String> = (0..12).map(field).collect();
    let pattern = Pattern::parse(&format!("{{{}}}", fields.join(","))).unwrap();
    assert_eq!(pattern.check_limits(), Ok(()));
    let branch = |n: u32| format!("{{\"v\":[{{\"wildcard\":\"{n}*x\"}}]}}");
    for (count, refused) in [(10, false), (11, true)] {
        let branches: Vec<String> = (0..count).map(branch).collect();
        let text = format!("{{\"u\":[1],\"$or\":[{}]}}", branches.join(","));
        let pattern = Pattern::parse(&text).unwrap();
        assert_eq!(pattern.check_limits().is_err(), refused, "{count}");
        if let Err(error) = pattern.check_limits() {
            assert_eq!(error.span().of(&text), "[{\"wildcard\":\"0*x\"}]");
            assert_eq!(&*pattern.complexity().field.unwrap().path, "v");
        }
    }
}

#[test]
fn the_search_for_a_score_ends() {
    // Letters in an order that keeps many sets of positions apart.
    let text: String = (0..4000u32).map(|n| if (n * n) % 7 < 3 { 'a' } else { 'b' }).collect();
    for hostile in [format!("*{text}*"), format!("*{}", text.replace("ab", "a*b")), "*ab*ba*aab*bba*abab".repeat(90)] {
        let pattern = Pattern::parse(&format!("{{\"a\":[{{\"wildcard\":\"{hostile}\"}}]}}")).unwrap();
        assert!(pattern.complexity().is_refused());
    }
    let fields: Vec<String> =
        (1..200).map(|n| format!("\"f{n}\":[{{\"wildcard\":\"*{}*\"}}]", "ab*ba*aab".repeat(n))).collect();
    assert!(Pattern::parse(&format!("{{{}}}", fields.join(","))).unwrap().complexity().is_refused());
    let many = anything_but((0..50_000).map(|n| format!("x{n}*{n}")));
    assert!(matches!(complexity(&many).score, Score::Exactly(_) | Score::AtLeast(_)));
}

#[test]
fn a_thousand_combinations_pass_and_more_still_match() {
    let or = |size: u32| {
        let branches: Vec<String> = (0..size).map(|n| format!("{{\"v{size}\":[{n}]}}")).collect();
        format!("\"$or\":[{}]", branches.join(","))
    };
    let thousand = Pattern::parse(&format!("{{{},{},{}}}", or(10), or(10), or(10))).unwrap();
    assert_eq!((thousand.combinations(), thousand.check_limits()), (1000, Ok(())));
    let nested = format!("{{\"$or\":[{{{}}},{{\"x\":[1]}},{{{},{}}}]}}", or(3), or(7), or(143));
    let nested = Pattern::parse(&nested).unwrap();
    assert_eq!(nested.combinations(), 3 + 1 + 7 * 143);
    let ors: Vec<String> = (0..100).map(|_| or(2)).collect();
    let pattern = Pattern::parse(&format!("{{{}}}", ors.join(","))).unwrap();
    assert_eq!(pattern.combinations(), u64::MAX);
    for refused in [nested, pattern.clone()] {
        let error = refused.check_limits().unwrap_err();
        assert_eq!(error.reason(), "Or operator is producing over 1000 rule combinations");
    }
    assert_eq!(pattern.matches(&Event::parse(r#"{"v2":1}"#).unwrap()), Ok(true));
}
