//! A talk with a simulator: what is asked, what is answered.

use eventbridge_sim::api::{Response, dispatch};
use eventbridge_sim::json::{self, Value};
use eventbridge_sim::simulator::{Caller, Options, Simulator};

pub const HOME: &str = "123456789012";
pub const AWAY: &str = "222222222222";

pub struct Talk {
    pub sim: Simulator,
    pub caller: Caller,
}

/// The caller of an account in `us-east-1`.
pub fn caller(account: &str) -> Caller {
    Caller::new(account.into(), "us-east-1".into())
}

impl Talk {
    pub fn new() -> Self {
        Self { sim: Simulator::new(Options::default()), caller: caller(HOME) }
    }

    pub fn ask(&mut self, operation: &str, input: &str) -> Response {
        dispatch(&mut self.sim, operation, input, &self.caller)
    }

    /// Holds every row: operation, input, answer.
    pub fn hold(&mut self, rows: &[(&str, &str, &str)]) {
        for (operation, input, wanted) in rows {
            let response = self.ask(operation, input);
            let found = shown(&response);
            let same = match (*wanted, wanted.starts_with('{')) {
                ("ok", _) => response.status == 200,
                (_, true) => json::parse(wanted).unwrap() == json::parse(&found).unwrap_or_else(|_| Value::null()),
                _ => found == *wanted,
            };
            assert!(same, "{operation} {input}\n  wanted {wanted}\n  found  {found}");
        }
    }

    /// The same as another account.
    pub fn hold_as(&mut self, account: &str, rows: &[(&str, &str, &str)]) {
        self.caller = caller(account);
        self.hold(rows);
        self.caller = caller(HOME);
    }
}

/// An output as it is, an error as `CODE: message`.
pub fn shown(response: &Response) -> String {
    let body = json::parse(&response.body).expect("a body is JSON");
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    match response.status {
        200 => response.body.clone(),
        _ => format!("{}: {}", text("__type"), text("message")),
    }
}

/// The help of an error.
pub fn help(response: &Response) -> String {
    let body = json::parse(&response.body).expect("a body is JSON");
    body.get("help").and_then(Value::as_str).unwrap_or_default().to_owned()
}
