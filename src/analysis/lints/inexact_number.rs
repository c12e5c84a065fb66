//! `EB014`: a number that no double holds as written; it equals only the very same spelling.
//!
//! The service compares numbers as doubles whose shortest spelling is the number again. Where that fails it compares the
//! texts, so `12345678901234567890` does not match `12345678901234567890.0`, nor what most programs make of it.
//!
//! Source: pattern language, section 6.

use super::subject::Subject;
use super::{Definition, Example, Findings, Page};
use crate::diagnostics::Severity;
use crate::pattern::Comparable;
use crate::pattern::operators::Operator;
use crate::pattern::operators::exact::Exact;

pub(super) const DEFINITION: Definition = Definition { code: "EB014", name: "inexact-number", check };

pub(super) const PAGE: Page = Page {
    title: "a number that equals only its own spelling",
    severities: &[Severity::Warning],
    meaning: "The number has more digits than a double holds (about 15), or is too large or too small. Such a number matches \
              only if the event spells it in exactly the same way.",
    why: "Many programs that send events round such numbers, and then the rule does not fire.",
    cure: "Send the value as a string, and write it as a string here.",
    fix: None,
    examples: &[Example {
        pattern: r#"{ "source": ["shop"], "detail": { "id": [12345678901234567890] } }"#,
        severity: Severity::Warning,
        marked: "12345678901234567890",
        message: "12345678901234567890 matches only a number that is spelt in exactly this way",
        fixed: None,
    }],
    silent: &[
        r#"{ "source": ["shop"], "detail": { "id": [9007199254740991, 1e22, 0.1], "text": ["12345678901234567890"] } }"#,
    ],
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for (_, leaf) in subject.leaves() {
        if let Operator::Exact(Exact::Number(number)) = &leaf.operator
            && Comparable::of(number.text()).is_none()
        {
            let message = format!("{number} matches only a number that is spelt in exactly this way");
            findings.add(Severity::Warning, leaf.span, message, "a double does not hold it: use a string", None);
        }
    }
}
