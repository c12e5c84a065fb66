//! `cidr`: a string that is an IP address inside a network.
//!
//! Rules: bits 0..31 for IPv4 and 0..127 for IPv6 (the full length is refused); a value of the other family, a number
//! or a text that is no address does not match.
//!
//! The trap: the service's messages about the network carry no place, and the one about a wrong operand says `prefix`.
//!
//! Source: pattern language, section 7.

use super::super::PatternError;
use super::super::parse::Parser;
use super::{ONE_KEY, ValueSet, not_a_string, object};
use crate::event::Scalar;
use crate::json::{Token, Value};
use crate::sets::Listed as _;
use crate::sets::ip::{Address, CidrError, Network};
use crate::sets::strings::{Shape, Strings};

/// A network as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cidr {
    text: String,
    network: Network,
}

pub(super) fn parse(parser: &mut Parser<'_>) -> Result<Cidr, PatternError> {
    if parser.token()? != Token::String {
        return Err(not_a_string(parser, "prefix match pattern must be a string"));
    }
    let text = parser.text()?;
    let network = Network::parse(&text).map_err(|error| {
        let help = match error {
            CidrError::TooManyV4 | CidrError::TooManyV6 => "for one address, write it as a plain string",
            _ => "write an address and a number of bits: `10.0.0.0/8`",
        };
        PatternError::new("EB207", error.to_string(), parser.span()).with_help(help)
    })?;
    parser.close_operator(ONE_KEY)?;
    Ok(Cidr { text, network })
}

impl Cidr {
    pub(super) fn test(&self, value: &Scalar) -> bool {
        match value {
            Scalar::String(text) => Address::parse(text).is_some_and(|address| self.network.contains(address)),
            _ => false,
        }
    }

    pub(super) fn value_set(&self) -> ValueSet {
        let but = self.network.mapped().map(Shape::Address);
        Strings { within: Some(vec![Shape::Address(self.network)]), but: but.into_iter().listed() }.into()
    }

    pub(super) fn network(&self) -> Network {
        self.network
    }

    pub(super) fn to_value(&self) -> Value {
        object("cidr", Value::string(&self.text))
    }

    pub(super) fn describe(&self) -> String {
        format!("an IP address in {}", self.text)
    }
}
