//! `EB013`: a pattern longer than the 4,096 characters that the service takes.
//!
//! The library matches patterns of any length; the operations refuse them, as the service does. Blanks count.

use super::subject::Subject;
use super::{Definition, Findings, Page};
use crate::diagnostics::{Fix, Severity};
use crate::text::Span;

pub(super) const DEFINITION: Definition = Definition { code: "EB013", name: "too-long", check };

/// The most characters of a pattern.
const LIMIT: usize = 4096;

pub(super) const PAGE: Page = Page {
    title: "a pattern longer than 4,096 characters",
    severities: &[Severity::Error],
    meaning: "The service takes at most 4,096 characters, blanks included.",
    why: "`PutRule`, `TestEventPattern` and `CreateArchive` refuse the pattern.",
    cure: "Write it without blanks where that is enough; shorten lists with `prefix` or `wildcard`; or make several rules.",
    fix: Some("removes all blanks, where that is enough"),
    // What is too long is too long for a page: the tests of this file stand below.
    examples: &[],
    silent: &[r#"{ "source": ["shop"] }"#],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let text = findings.text;
    let length = text.chars().count();
    if length <= LIMIT {
        return;
    }
    let message = format!("the pattern has {length} characters, and the service takes at most {LIMIT}");
    let short = subject.pattern.print();
    let whole = Span::new(0, text.len());
    let (help, fix) = match short.chars().count() {
        fits if fits <= LIMIT => ("without blanks it fits", Some(Fix::replace("remove all blanks", whole, short))),
        _ => ("shorten lists with `prefix` or `wildcard`, or make several rules", None),
    };
    // The first character beyond is where it begins to be too long.
    let start = text.char_indices().nth(LIMIT).map_or(text.len(), |(at, _)| at);
    findings.add(Severity::Error, Span::new(start, text.len()), message, help, fix);
}

#[cfg(test)]
mod tests {
    use crate::analysis::lints::lint;
    use crate::text::Span;

    #[test]
    fn blanks_count_and_can_be_removed() {
        let fits = format!("{{{}\"source\": [\"shop\"]}}", " ".repeat(4096 - 20));
        assert_eq!((fits.len(), lint(&fits)), (4096, Vec::new()));
        let long = fits.replacen('{', "{ ", 1);
        let found = lint(&long);
        assert_eq!((found.len(), found[0].code, found[0].span), (1, "EB013", Some(Span::new(4096, 4097))));
        assert_eq!(found[0].fix.as_ref().unwrap().apply(&long).unwrap(), r#"{"source":["shop"]}"#);
    }

    #[test]
    fn a_long_list_is_too_long_in_any_spelling() {
        for count in [1000, 20_000] {
            let list: Vec<String> = (0..count).map(|number| format!("\"value {number}\"")).collect();
            let found = lint(&format!("{{\"source\": [{}]}}", list.join(",")));
            assert_eq!((found.len(), found[0].code, &found[0].fix), (1, "EB013", &None));
        }
    }
}
