//! Pages of a list: `Limit`, and a `NextToken` only if more remains.
//!
//! A token says after which name to go on, so it stays good whatever is created or deleted meanwhile, and with another
//! Limit (recorded). It also names the list it belongs to: a token of another list is refused with the service's words.
//! To the caller it is opaque: hex of both names.

use crate::json::Value;

use super::errors::ServiceError;
use super::input::Input;
use super::output::Output;

/// The most items of a page.
const PAGE: usize = 100;

/// One list: which, and what was asked of it.
#[derive(Debug)]
pub struct Pages {
    scope: String,
    after: Option<String>,
    limit: usize,
    member: &'static str,
}

impl Pages {
    /// What `input` asks of the list `scope`, whose items go into the response as `member`.
    pub fn read(scope: String, member: &'static str, input: Input) -> Result<Self, ServiceError> {
        let after = match input.text("NextToken") {
            None => None,
            Some(token) => Some(name_in(token, &scope).ok_or_else(invalid)?),
        };
        let limit = input.integer("Limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE);
        Ok(Self { scope, after, limit: limit.min(PAGE), member })
    }

    /// The response: the page of these items, which come by name in byte order.
    pub fn page<'b>(&self, items: impl Iterator<Item = (&'b str, Value)>) -> Output {
        let mut rest = items.skip_while(|(name, _)| self.after.as_deref().is_some_and(|after| *name <= after));
        let mut page = Vec::new();
        let mut last = "";
        for (name, item) in rest.by_ref().take(self.limit) {
            page.push(item);
            last = name;
        }
        let token = rest.next().map(|_| token(&self.scope, last));
        Output::new().with(self.member, Value::array(page)).maybe("NextToken", token)
    }
}

fn invalid() -> ServiceError {
    ServiceError::validation("Parameter NextToken is not valid. Reason: Token invalid.")
        .with_help("send the `NextToken` of the page before, of the same operation and the same bus or rule")
}

fn token(scope: &str, name: &str) -> String {
    format!("{scope}\0{name}").bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// The name in a token, if it is one of this list.
fn name_in(token: &str, scope: &str) -> Option<String> {
    let byte = |at: usize| u8::from_str_radix(token.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..token.len()).step_by(2).map(byte).collect();
    let text = String::from_utf8(bytes?).ok()?;
    let (of, name) = text.split_once('\0')?;
    (of == scope).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(scope: &str, input: &str) -> Result<String, ServiceError> {
        let input = crate::json::parse(input).unwrap();
        let names = ["a", "b", "c"];
        let items = names.iter().map(|name| (*name, Value::string(*name)));
        Ok(Pages::read(scope.to_owned(), "Names", Input::new(&input))?.page(items).value().to_string())
    }

    #[test]
    fn a_token_comes_only_when_more_remains() {
        assert_eq!(page("s", "{}").unwrap(), r#"{"Names":["a","b","c"]}"#);
        assert_eq!(page("s", r#"{"Limit":3}"#).unwrap(), r#"{"Names":["a","b","c"]}"#);
        let first = page("s", r#"{"Limit":1}"#).unwrap();
        let token = crate::json::parse(&first).unwrap();
        let token = token.get("NextToken").and_then(Value::as_str).unwrap().to_owned();
        let rest = format!(r#"{{"Limit":2,"NextToken":"{token}"}}"#);
        assert_eq!(page("s", &rest).unwrap(), r#"{"Names":["b","c"]}"#);
        assert_eq!(page("other", &rest).unwrap_err(), invalid());
        assert_eq!(page("s", r#"{"NextToken":"é"}"#).unwrap_err(), invalid());
    }
}
