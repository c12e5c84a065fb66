//! The rows of `schedules.jsonl`: what PutRule says to an expression, and when it fires.

use eventbridge_sim::json::Value;
use eventbridge_sim::schedule::Schedule;
use eventbridge_sim::time::Instant;

use crate::placeholders::Bindings;
use crate::world::World;
use crate::{Tally, compare, text};

pub fn replay(rows: &[Value], tally: &mut Tally) {
    for row in rows {
        let expression = text(row, "expression");
        let rule = vec![("Name", Value::from("rule")), ("ScheduleExpression", Value::from(expression))];
        let answer = World::new().call("PutRule", &Value::object(rule));
        let accepted = row.get("accepted").and_then(Value::as_bool).unwrap();
        let verdict = match (accepted, answer.status) {
            (true, 200) => fires(row, expression),
            (true, _) => Err(format!("refused: {}", answer.body)),
            (false, _) => compare(row, &answer, &mut Bindings::new()),
        };
        tally.judge(&format!("schedule {}", text(row, "id")), verdict);
    }
}

/// In the window of the row it fires at these times and no others.
fn fires(row: &Value, expression: &str) -> Result<(), String> {
    let (Some(window), Some(fired)) = (row.get("window"), row.get("fired")) else { return Ok(()) };
    let time = |value: &Value| Instant::parse(value.as_str().unwrap()).unwrap();
    let [from, to] = window.as_array().unwrap() else { return Err("a window has two ends".to_owned()) };
    let (schedule, mut at, mut found) = (Schedule::parse(expression).unwrap(), time(from), Vec::new());
    while let Some(next) = schedule.next(at, at).filter(|next| *next <= time(to)) {
        found.push(next);
        at = next;
    }
    let wanted: Vec<Instant> = fired.as_array().unwrap().iter().map(time).collect();
    if found == wanted { Ok(()) } else { Err(format!("wanted {wanted:?}, found {found:?}")) }
}
