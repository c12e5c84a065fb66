//! The lints: every example of every page is checked, every fix is applied, and the list of the lints
//! (`www/reference/lints.md`) is what their pages say. After a change of a page, run `UPDATE_LINTS=1 cargo test --test lints`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod laws;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use eventbridge_sim::analysis::lints::{Example, Lint, lint};
use eventbridge_sim::diagnostics::{Diagnostic, Severity};
use eventbridge_sim::pattern::Pattern;

#[test]
fn every_example_is_found_as_its_page_says() {
    for (code, example) in examples() {
        let found = of(code, example.pattern);
        assert_eq!(found.len(), 1, "{code} {}: {found:#?}", example.pattern);
        let span = found[0].span.unwrap();
        assert_eq!(found[0].message, example.message, "{}", example.pattern);
        assert_eq!(found[0].severity, example.severity, "{}", example.pattern);
        assert_eq!(span.of(example.pattern), example.marked, "{}", example.pattern);
        assert!(found[0].help.is_some(), "{}", example.pattern);
    }
}

#[test]
fn every_fix_gives_what_its_page_says_and_leaves_a_pattern_without_that_finding() {
    for (code, example) in examples() {
        let found = of(code, example.pattern).remove(0);
        let fixed = found.fix.as_ref().map(|fix| fix.apply(example.pattern).unwrap());
        assert_eq!(fixed.as_deref(), example.fixed, "{code} {}", example.pattern);
        for diagnostic in lint(example.pattern) {
            let Some(fix) = &diagnostic.fix else { continue };
            let fixed = fix.apply(example.pattern).unwrap();
            assert!(Pattern::parse(&fixed).is_ok(), "{fixed}");
            let left = of(diagnostic.code, &fixed);
            assert!(left.iter().all(|left| left.message != diagnostic.message), "{} of {fixed}", diagnostic.code);
        }
    }
}

#[test]
fn what_a_page_calls_none_of_its_business_is_not_found() {
    for lint in Lint::ALL {
        for pattern in lint.page().silent {
            assert_eq!(of(lint.code(), pattern), [], "{pattern}");
        }
    }
}

#[test]
fn a_page_knows_how_bad_its_lint_is_and_whether_it_has_a_fix() {
    for lint in Lint::ALL {
        let page = lint.page();
        for example in page.examples {
            assert!(page.severities.contains(&example.severity), "{}", example.pattern);
            assert!(example.fixed.is_none() || page.fix.is_some(), "{}", example.pattern);
        }
        let shown = |severity: &Severity| page.examples.iter().any(|example| example.severity == *severity);
        assert!(page.examples.is_empty() || page.severities.iter().all(shown), "{}", lint.code());
    }
}

#[test]
fn codes_and_names_are_each_used_once() {
    let codes: BTreeSet<&str> = Lint::ALL.iter().map(|lint| lint.code()).collect();
    let names: BTreeSet<&str> = Lint::ALL.iter().map(|lint| lint.name()).collect();
    assert_eq!((codes.len(), names.len()), (Lint::ALL.len(), Lint::ALL.len()));
    assert!(Lint::ALL.is_sorted_by_key(|lint| lint.code()));
}

#[test]
fn a_good_pattern_has_no_findings() {
    for pattern in [
        r#"{ "source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], "detail": { "state": ["stopped"] } }"#,
        r#"{ "source": [{ "prefix": "aws." }], "account": ["123456789012"], "detail": { "$or": [{ "a": [1] }, { "b": [true, null] }] } }"#,
    ] {
        assert_eq!(lint(pattern), [], "{pattern}");
    }
}

#[test]
fn a_finding_about_a_long_text_is_still_a_sentence() {
    let long = "x".repeat(5000);
    let found = lint(&format!(r#"{{ "source": ["{long}*", "{long}*"], "{long}": [1] }}"#));
    assert!(found.len() > 3);
    assert!(found.iter().all(|diagnostic| diagnostic.message.len() < 310), "{found:#?}");
}

#[test]
fn findings_are_in_the_order_of_the_text() {
    let found = lint(r#"{ "detailType": ["x"], "account": [1], "source": ["a*", "a*"] }"#);
    let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, ["EB005", "EB007", "EB009", "EB009", "EB010"]);
}

#[test]
fn the_list_of_lints_is_what_their_pages_say() {
    let path = format!("{}/www/reference/lints.md", env!("CARGO_MANIFEST_DIR"));
    let wanted = page();
    if std::env::var_os("UPDATE_LINTS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let stale = "www/reference/lints.md is stale: run `UPDATE_LINTS=1 cargo test --test lints`";
    assert!(fs::read_to_string(&path).unwrap_or_default() == wanted, "{stale}");
}

fn examples() -> impl Iterator<Item = (&'static str, &'static Example)> {
    Lint::ALL.iter().flat_map(|lint| lint.page().examples.iter().map(|example| (lint.code(), example)))
}

/// The findings of one lint.
fn of(code: &str, pattern: &str) -> Vec<Diagnostic> {
    lint(pattern).into_iter().filter(|diagnostic| diagnostic.code == code).collect()
}

fn page() -> String {
    let mut page = String::from(
        "# Lints\n\n\
         <!-- Generated from src/analysis/lints by `UPDATE_LINTS=1 cargo test --test lints`. -->\n\n\
         `lint(pattern)` tells what a pattern that the service accepts probably gets wrong. An *error* is said only where no\n\
         event on a bus can match, or where the service refuses the pattern; a *warning* is likely a mistake; a *hint* is worth\n\
         knowing. A *fix* is a change of the text that the editor can make. Lints speak of rules, so of events on a bus: Pipes\n\
         and Lambda use the same language for records with other fields.\n\n\
         A pattern that the service refuses has one finding, with a code from `EB100` on and the service's own message.\n\n\
         | code | name | what | severity | fix |\n|---|---|---|---|---|\n",
    );
    for lint in Lint::ALL {
        let it = lint.page();
        let fix = it.fix.unwrap_or_default();
        let (code, name) = (lint.code(), lint.name());
        let severities = severities(it.severities);
        writeln!(page, "| [{code}](#{}) | `{name}` | {} | {severities} | {fix} |", anchor(*lint), it.title).unwrap();
    }
    Lint::ALL.iter().for_each(|lint| section(*lint, &mut page));
    page
}

fn section(lint: Lint, page: &mut String) {
    let it = lint.page();
    let heading = format!("{} {}", lint.code(), lint.name());
    let title = capital(it.title);
    let severities = severities(it.severities);
    write!(page, "\n## {heading}\n\n{title} ({severities}).\n\n{}\n\n", it.meaning).unwrap();
    write!(page, "**Why it matters.** {}\n\n**What to do.** {}", it.why, it.cure).unwrap();
    page.push_str(&it.fix.map_or_else(|| "\n".to_owned(), |fix| format!(" The fix {fix}.\n")));
    for example in it.examples {
        let severity = word(example.severity);
        write!(page, "\n```json\n{}\n```\n\n{severity}: {}\n", example.pattern, example.message).unwrap();
        if let Some(fixed) = example.fixed {
            write!(page, "\nFixed:\n\n```json\n{fixed}\n```\n").unwrap();
        }
    }
    if !it.silent.is_empty() {
        page.push_str("\nNot found, on purpose:\n\n");
        for pattern in it.silent {
            writeln!(page, "- `{pattern}`").unwrap();
        }
    }
}

fn anchor(lint: Lint) -> String {
    format!("{}-{}", lint.code().to_lowercase(), lint.name())
}

fn severities(severities: &[Severity]) -> String {
    severities.iter().map(|severity| word(*severity)).collect::<Vec<_>>().join(", ")
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
