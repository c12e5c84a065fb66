//! Who a statement is about.
//!
//! `*` stays `*`; twelve digits become the account's root ARN, which means everyone in that account. An account that does
//! not exist stays a bare number in the short form and is refused in a document (recorded). Here every account exists but
//! `000000000000`, which AWS assigns to nobody.

use crate::arn::Arn;
use crate::json::Value;
use crate::sets::Listed as _;

use super::{Context, Texts};

/// The account number that belongs to nobody.
const NOBODY: &str = "000000000000";

/// The principal of a statement, normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// `"*"`.
    Anyone,
    /// `{"AWS": …, "Service": …}`, each with its texts.
    Kinds(Vec<(String, Texts)>),
}

/// A principal that a document must not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPrincipal;

impl Principal {
    /// The principal of the short form: `*` or twelve digits.
    pub fn short(text: &str) -> Self {
        match text {
            "*" => Self::Anyone,
            _ => Self::Kinds(vec![("AWS".to_owned(), Texts::One(normalised(text)))]),
        }
    }

    /// The principal of a document's statement.
    pub(super) fn read(value: &Value) -> Result<Self, InvalidPrincipal> {
        if value.as_str() == Some("*") {
            return Ok(Self::Anyone);
        }
        let members = value.as_object().filter(|members| !members.is_empty()).ok_or(InvalidPrincipal)?;
        let kinds = members.iter().map(|member| {
            let texts = Texts::read(&member.value).ok_or(InvalidPrincipal)?;
            let checked = match member.name.as_str() {
                "AWS" if texts.iter().all(names_somebody) => texts.map(normalised),
                "Service" | "Federated" | "CanonicalUser" => texts,
                _ => return Err(InvalidPrincipal),
            };
            Ok((member.name.to_string(), checked))
        });
        kinds.collect::<Result<_, _>>().map(Self::Kinds)
    }

    /// The principal of any policy: accounts stay as they are written, whether or not they exist.
    pub(super) fn read_any(value: &Value) -> Option<Self> {
        if value.as_str() == Some("*") {
            return Some(Self::Anyone);
        }
        let members = value.as_object().filter(|members| !members.is_empty())?;
        let kinds = members.iter().map(|member| Some((member.name.to_string(), Texts::read(&member.value)?)));
        kinds.collect::<Option<_>>().map(Self::Kinds)
    }

    /// Whether a caller from this account, or the service that the context names, is meant. `aws:PrincipalArn` of the context
    /// is the caller's own ARN, where one is known: a principal that names a role or user means that one only, and any
    /// caller of the account while none is known.
    pub fn covers(&self, account: &str, context: &Context) -> bool {
        let Self::Kinds(kinds) = self else { return true };
        let identity = context.get("aws:PrincipalArn");
        let service = context.get("aws:PrincipalServiceName");
        kinds.iter().flat_map(|(kind, texts)| texts.iter().map(move |text| (kind.as_str(), text))).any(
            |(kind, text)| match kind {
                "Service" => service == Some(text),
                "AWS" => {
                    let arn = || Arn::parse(text).is_some_and(|arn| covers_arn(&arn, account, identity));
                    text == "*" || (!account.is_empty() && (text == account || arn()))
                }
                _ => false,
            },
        )
    }

    /// As the document shows it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Anyone => Value::string("*"),
            Self::Kinds(kinds) => {
                Value::object(kinds.iter().map(|(kind, texts)| (kind.clone(), texts.to_json())).listed())
            }
        }
    }
}

fn covers_arn(arn: &Arn, account: &str, identity: Option<&str>) -> bool {
    arn.account() == account && (arn.resource() == "root" || identity.is_none_or(|identity| identity == arn.as_str()))
}

/// An account's number becomes the ARN of its root, if the account exists.
fn normalised(text: &str) -> String {
    if is_account(text) && text != NOBODY { format!("arn:aws:iam::{text}:root") } else { text.to_owned() }
}

fn names_somebody(text: &str) -> bool {
    match Arn::parse(text) {
        Some(arn) => matches!(arn.service(), "iam" | "sts") && is_account(arn.account()) && arn.account() != NOBODY,
        None => text == "*" || (is_account(text) && text != NOBODY),
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
