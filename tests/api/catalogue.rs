//! The catalogue of errors: a row is a world (`given`, calls that must succeed), a call, and the code and message with which
//! it must be refused; `ok` for what succeeds although one would think otherwise. A refused call changes nothing.

use eventbridge_sim::json::{self, Value};

use crate::talk::{Talk, shown};

#[test]
fn every_row_of_the_catalogue_is_answered_so() {
    let rows = include_str!("../data/errors.jsonl");
    let mut failures = Vec::new();
    for row in rows.lines().map(|line| json::parse(line).unwrap()) {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap();
        let mut talk = Talk::new();
        for call in row.get("given").and_then(Value::as_array).unwrap() {
            let [operation, input] = call.as_array().unwrap() else { panic!("{call}") };
            let response = talk.ask(operation.as_str().unwrap(), &json::print(input));
            assert_eq!(response.status, 200, "{call}: {}", response.body);
        }
        let before = talk.sim.world().clone();
        let (operation, input) = (text("operation"), json::print(row.get("input").unwrap()));
        let response = talk.ask(operation, &input);
        let wanted = match text("code") {
            "ok" => "ok".to_owned(),
            code => format!("{code}: {}", text("message")),
        };
        let found = if response.status == 200 { "ok".to_owned() } else { shown(&response) };
        if found != wanted {
            failures.push(format!("{operation}, {}\n  wanted {wanted}\n  found  {found}", text("case")));
        }
        assert!(response.status == 200 || *talk.sim.world() == before, "{operation} {input} changed something");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
