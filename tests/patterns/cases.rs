//! The Markdown cases of `tests/cases`, one file an operator or a near miss, and of the page on patterns in the reference.
//!
//! A heading names the case; a `pattern` block holds the pattern; then either a table of events, each with `yes`, `no`
//! or `no: ` and the first failure of the explanation word for word, or a line `refused: ` with the service's reason up
//! to its place. A third cell holds what the explanation points at in the event. A file or case in which nothing is
//! checked is an error.

use eventbridge_sim::analysis::explain;
use eventbridge_sim::event::Event;
use eventbridge_sim::pattern::Pattern;

/// A case that is being read.
#[derive(Default)]
struct Case {
    title: String,
    pattern: String,
    checked: usize,
}

#[test]
fn every_case_file_holds() {
    let mut wrong = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("tests/cases")).unwrap().map(|file| file.unwrap().path());
    for path in files.chain([root.join("www/reference/patterns.md")]) {
        let text = std::fs::read_to_string(&path).unwrap();
        wrong.extend(run(&text).into_iter().map(|line| format!("{}: {line}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut case = Case::default();
    let mut inside = Inside::Prose;
    let mut cases = 0;
    for line in text.lines() {
        match inside {
            Inside::Pattern if line == "```" => inside = Inside::Prose,
            Inside::Pattern => case.pattern.push_str(&format!("{line}\n")),
            _ if line == "```pattern" => {
                wrong.extend(unchecked(&case));
                case = Case { title: case.title, ..Case::default() };
                cases += 1;
                inside = Inside::Pattern;
            }
            _ if line.starts_with('#') => {
                wrong.extend(unchecked(&case));
                case = Case { title: line.trim_start_matches('#').trim().to_owned(), ..Case::default() };
            }
            _ if line.starts_with("| event |") => inside = Inside::Events,
            Inside::Events if line.starts_with("| `") => {
                case.checked += 1;
                wrong.extend(row(&case, line));
            }
            Inside::Events if line.starts_with('|') => {}
            _ => {
                inside = Inside::Prose;
                if let Some(reason) = line.strip_prefix("refused: ") {
                    case.checked += 1;
                    wrong.extend(refused(&case, reason));
                }
            }
        }
    }
    wrong.extend(unchecked(&case));
    if cases == 0 {
        wrong.push("no cases".to_owned());
    }
    wrong
}

/// Where a line stands.
enum Inside {
    Prose,
    Pattern,
    Events,
}

fn unchecked(case: &Case) -> Option<String> {
    (!case.pattern.is_empty() && case.checked == 0).then(|| format!("{}: nothing is checked", case.title))
}

fn refused(case: &Case, reason: &str) -> Option<String> {
    match Pattern::parse(case.pattern.trim()) {
        Ok(_) => Some(format!("{}: was accepted", case.title)),
        Err(error) => {
            let found = error.reason().lines().next().unwrap_or("").to_owned();
            (found != reason).then(|| format!("{}: refused with `{found}`", case.title))
        }
    }
}

/// ``| `event` | verdict |`` or ``| `event` | verdict | `looked at` |``
fn row(case: &Case, line: &str) -> Option<String> {
    let cells = line.trim_start_matches("| `").trim_end_matches('|');
    let (event, verdict) = cells.split_once("` | ").unwrap();
    let (verdict, looked_at) = match verdict.trim().strip_suffix('`').and_then(|cells| cells.rsplit_once(" | `")) {
        Some((verdict, looked_at)) => (verdict, Some(looked_at)),
        None => (verdict, None),
    };
    let pattern = match Pattern::parse(case.pattern.trim()) {
        Ok(pattern) => pattern,
        Err(error) => return Some(format!("{}: {error}", case.title)),
    };
    let explained = explain(&pattern, &Event::parse(event).unwrap()).unwrap();
    let found = match (explained.first_failure(), verdict.trim()) {
        (None, _) => "yes".to_owned(),
        (Some(_), "no") => "no".to_owned(),
        (Some(reason), _) => format!("no: {reason}"),
    };
    if found != verdict.trim() {
        return Some(format!("{}: {event}: {found}", case.title));
    }
    let failed = explained.leaves.iter().find(|leaf| !leaf.matched).or(explained.leaves.first());
    let pointed = failed.and_then(|leaf| leaf.event_span).map_or("nothing", |span| span.of(event));
    looked_at.filter(|wanted| *wanted != pointed).map(|_| format!("{}: {event} points at {pointed}", case.title))
}
