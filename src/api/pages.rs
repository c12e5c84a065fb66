//! Pages of a list: `Limit` (ListEndpoints says `MaxResults`), and a `NextToken` only if more remains.
//!
//! A token says after which name to go on, so it stays good whatever is created or deleted meanwhile, and with another
//! Limit (recorded). It also carries a mark of the list it belongs to, and one of the filters: with another filter, or from
//! another list, it is refused with the service's words (recorded for archives). The bus may be named by name or ARN, so
//! its member is no filter. To the caller a token is opaque: hex of marks and name, of a length that passes for base64, as
//! some lists demand.

use crate::ids::Ids;
use crate::json::{self, Value};

use super::errors::ServiceError;
use super::input::Input;
use super::output::Output;

/// The most items of a page.
const PAGE: usize = 100;

/// The members of a request that are no filters.
const NO_FILTERS: [&str; 4] = ["NextToken", "Limit", "MaxResults", "EventBusName"];

/// One list: which, and what was asked of it.
#[derive(Debug)]
pub struct Pages {
    mark: String,
    after: Option<String>,
    limit: usize,
    member: &'static str,
}

/// A token that does not continue this list.
#[derive(Debug, PartialEq, Eq)]
pub enum BadToken {
    /// It is none.
    Malformed,
    /// It belongs to another list, or to other filters.
    Foreign,
}

impl Pages {
    /// What `input` asks of the list `scope`, whose items go into the response as `member`.
    pub fn read(scope: String, member: &'static str, input: Input) -> Result<Self, ServiceError> {
        Self::read_token(&scope, member, input).map_err(|_| invalid())
    }

    /// The same, where the list has words of its own for bad tokens.
    pub fn read_token(scope: &str, member: &'static str, input: Input) -> Result<Self, BadToken> {
        let mark = format!("{:016x}{:016x}", Ids::of(0, scope).bits(), Ids::of(0, &filters(input)).bits());
        let after = match input.text("NextToken") {
            None => None,
            Some(token) => Some(name_in(token, &mark)?),
        };
        let limit = input.integer("Limit").or(input.integer("MaxResults"));
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE);
        Ok(Self { mark, after, limit: limit.min(PAGE), member })
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
        let token = rest.next().map(|_| token(&self.mark, last));
        Output::new().with(self.member, Value::array(page)).maybe("NextToken", token)
    }
}

fn invalid() -> ServiceError {
    ServiceError::validation("Parameter NextToken is not valid. Reason: Token invalid.")
        .with_help("send the `NextToken` of the page before, of the same operation, bus or rule, and filters")
}

/// The filters of a request as one text.
fn filters(input: Input) -> String {
    let members = input.value().as_object().unwrap_or_default().iter();
    let given = members.filter(|member| !NO_FILTERS.contains(&member.name.as_str()));
    given.map(|member| format!("{}={};", member.name, json::print(&member.value))).collect()
}

/// Names are no longer than 256 bytes and a hex digit pair a byte: at most 546 characters of the 2048 allowed.
fn token(mark: &str, name: &str) -> String {
    let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    // A pair more where the length would not be a multiple of four; no name has a NUL.
    let rest = if hex.len().is_multiple_of(4) { "" } else { "00" };
    format!("{mark}{hex}{rest}")
}

/// The name in a token, if it is one of this list.
fn name_in(token: &str, mark: &str) -> Result<String, BadToken> {
    let byte = |at: usize| u8::from_str_radix(token.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..token.len()).step_by(2).map(byte).collect();
    let name = bytes.and_then(|bytes| String::from_utf8(bytes.get(mark.len() / 2..)?.to_vec()).ok());
    let name = name.ok_or(BadToken::Malformed)?;
    if token.starts_with(mark) { Ok(name.trim_end_matches('\0').to_owned()) } else { Err(BadToken::Foreign) }
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
        let filtered = format!(r#"{{"NamePrefix":"a","NextToken":"{token}"}}"#);
        assert_eq!(page("s", &filtered).unwrap_err(), invalid());
        assert_eq!(token.len() % 4, 0);
    }
}
