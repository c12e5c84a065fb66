//! Amazon Resource Names: parsed once at the door, compared exactly ever after.
//!
//! `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`. Region and account may be empty (S3 buckets, partner event sources).
//! In event patterns `:` and `/` are different characters, so the text is kept as it was given.

use std::fmt;

/// An ARN's text with its five inner boundaries found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    text: String,
    colons: [usize; 5],
}

impl Arn {
    /// The ARN, if the text has the six parts and none but region and account is empty.
    pub fn parse(text: &str) -> Option<Self> {
        let mut colons = [0; 5];
        let mut found = text.match_indices(':');
        for colon in &mut colons {
            *colon = found.next()?.0;
        }
        let arn = Self { text: text.to_owned(), colons };
        let whole = arn.part(0) == "arn"
            && !arn.partition().is_empty()
            && !arn.service().is_empty()
            && !arn.resource().is_empty();
        whole.then_some(arn)
    }

    /// The ARN of nothing: no text, no parts. It stands where something was that is gone.
    pub fn of_nothing() -> Self {
        Self { text: String::new(), colons: [0; 5] }
    }

    /// The text as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub fn partition(&self) -> &str {
        self.part(1)
    }

    /// `events`, `lambda`, `sqs`, ...
    pub fn service(&self) -> &str {
        self.part(2)
    }

    /// The region, or "" where the service has none.
    pub fn region(&self) -> &str {
        self.part(3)
    }

    /// The account, or "" where the resource has none.
    pub fn account(&self) -> &str {
        self.part(4)
    }

    /// Everything behind the fifth colon: `event-bus/orders`, `function:fix-acl`, `my-queue`.
    pub fn resource(&self) -> &str {
        self.part(5)
    }

    /// The name of the event bus, if this is an event bus's ARN.
    pub fn event_bus_name(&self) -> Option<&str> {
        let name = self.resource().strip_prefix("event-bus/")?;
        (self.service() == "events" && !name.is_empty()).then_some(name)
    }

    fn part(&self, index: usize) -> &str {
        let start = match index.checked_sub(1) {
            None => 0,
            Some(before) => self.colons.get(before).map_or(0, |colon| colon + 1),
        };
        let end = self.colons.get(index).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("")
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The ARN of an event bus.
pub fn event_bus(region: &str, account: &str, name: &str) -> String {
    format!("arn:aws:events:{region}:{account}:event-bus/{name}")
}

/// The ARN of a rule: rules of the default bus leave its name out.
pub fn rule(region: &str, account: &str, bus: &str, name: &str) -> String {
    match bus {
        "default" => format!("arn:aws:events:{region}:{account}:rule/{name}"),
        _ => format!("arn:aws:events:{region}:{account}:rule/{bus}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_found() {
        let arn = Arn::parse("arn:aws:lambda:us-east-1:123456789012:function:fix:live");
        let arn = arn.as_ref();
        assert_eq!(arn.map(Arn::service), Some("lambda"));
        assert_eq!(arn.map(Arn::region), Some("us-east-1"));
        assert_eq!(arn.map(Arn::account), Some("123456789012"));
        assert_eq!(arn.map(Arn::resource), Some("function:fix:live"));
        let bus = Arn::parse("arn:aws:events:eu-west-1:123456789012:event-bus/orders");
        assert_eq!(bus.as_ref().and_then(Arn::event_bus_name), Some("orders"));
        assert_eq!(Arn::parse("arn:aws:s3:::bucket").map(|arn| arn.account().to_owned()).as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_arn_is_refused() {
        for text in [
            "",
            "arn",
            "arn:aws:sqs",
            "arn:aws:sqs:us-east-1:123456789012",
            "arn:aws:sqs:us-east-1:123456789012:",
            "urn:aws:sqs:r:a:q",
        ] {
            assert!(Arn::parse(text).is_none(), "{text}");
        }
    }
}
