//! What must hold for every input: the fuzz targets and the slice of them that the tests run.
//!
//! An input is a text, or a pattern and an event with a NUL between them (neither can hold one). A check fails by
//! panicking, as anything in the engine must not.

use eventbridge_sim::analysis;
use eventbridge_sim::event::Event;
use eventbridge_sim::json;
use eventbridge_sim::pattern::Pattern;

use crate::naive;

/// Any text: read as JSON, as an event and as a pattern; what was read is printed and read again.
pub fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(value) = json::parse(&text) {
        assert_eq!(json::parse(&json::print(&value)).as_ref(), Ok(&value), "printing loses something");
    }
    if let Err(error) = Event::parse(&text) {
        let diagnostic = error.to_diagnostic();
        assert!(!diagnostic.render(&text, "event").is_empty());
        diagnostic.locate(&text);
    }
    match Pattern::parse(&text) {
        Ok(pattern) => {
            assert_eq!(Pattern::parse(&pattern.print()).as_ref(), Ok(&pattern), "printing loses something");
            assert_eq!(Pattern::parse(&pattern.print()).map(|again| again.print()), Ok(pattern.print()));
            let refused = pattern.combinations() > 1000 || pattern.complexity().is_refused();
            assert_eq!(pattern.check_limits().is_err(), refused);
        }
        Err(error) => {
            assert!(error.span().end as usize <= text.len(), "the place lies outside");
            assert!(!error.reason().is_empty() && !error.to_string().is_empty());
            assert!(!error.to_diagnostic().render(&text, "pattern").is_empty());
        }
    }
}

/// A pattern and an event: a verdict, the naive one where that can be had in time.
pub fn matches(data: &[u8]) {
    let Some((pattern, event)) = read(data) else { return };
    let Ok(verdict) = pattern.matches(&event.value) else { return };
    if is_small(&pattern, &event) {
        assert_eq!(verdict, naive::matches(pattern.text(), event.text.as_str()), "two implementations disagree");
    }
}

/// A pattern and an event: an explanation that agrees with the verdict and points into the texts.
pub fn explain(data: &[u8]) {
    let Some((pattern, event)) = read(data) else { return };
    let (Ok(verdict), Ok(told)) = (pattern.matches(&event.value), analysis::explain(&pattern, &event.value)) else {
        return;
    };
    assert_eq!(told.matches, verdict);
    assert_eq!(told.first_failure().is_none(), verdict);
    assert_eq!(told.leaves.iter().all(|leaf| leaf.matched), verdict);
    for leaf in &told.leaves {
        assert!(pattern.text().get(leaf.pattern_span.start as usize..leaf.pattern_span.end as usize).is_some());
        if let Some(span) = leaf.event_span {
            assert!(event.text.get(span.start as usize..span.end as usize).is_some());
        }
    }
    told.locate(pattern.text(), Some(&event.text));
}

struct Given {
    text: String,
    value: Event,
}

fn read(data: &[u8]) -> Option<(Pattern, Given)> {
    let text = String::from_utf8_lossy(data);
    let (pattern, event) = text.split_once('\0')?;
    let value = Event::parse(event).ok()?;
    Some((Pattern::parse(pattern).ok()?, Given { text: event.to_owned(), value }))
}

/// Whether the naive implementation, which tries everything, can be asked. Empty names are left out: what they do is an
/// accident of the service that it does not know.
fn is_small(pattern: &Pattern, event: &Given) -> bool {
    let printed = pattern.print();
    let nameless =
        |text: &str| text.contains("\"\":") || text.contains("\"\" ") || text.contains(".\"") || text.contains("\".");
    printed.len() <= 400
        && event.text.len() <= 400
        && pattern.combinations() <= 32
        && printed.matches('*').count() <= 4
        && !nameless(&printed)
        && !nameless(&json::print(event.value.value()))
}
