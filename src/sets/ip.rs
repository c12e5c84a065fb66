//! IP addresses and ranges as Java reads them.
//!
//! A text is tried as an address only if it looks like one: four groups of digits with dots, or hex digits and colons
//! only (no dotted tail, no zone, no brackets). Leading zeros are decimal (`010.0.0.1` is 10.0.0.1), and an IPv4-mapped
//! address (`::ffff:a00:1`) *is* the IPv4 address. A range holds addresses of its own family only.
//!
//! Source: pattern language, section 7.

use crate::sets::Listed as _;

use std::net::{Ipv4Addr, Ipv6Addr};

/// An address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Address {
    /// IPv4.
    V4(u32),
    /// IPv6, never an IPv4-mapped one.
    V6(u128),
}

/// A network: an address and how many of its first bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: Address,
    bits: u32,
}

/// Why a text is not a network. The words are the service's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// No slash, or several.
    #[error("Malformed CIDR, one '/' required")]
    Slash,
    /// Not a number after the slash.
    #[error("Malformed CIDR, mask bits must be an integer")]
    NotAnInteger,
    /// A negative number after the slash.
    #[error("Malformed CIDR, mask bits must not be negative")]
    Negative,
    /// Too many bits for the family (the full length is refused too).
    #[error("IPv4 mask bits must be < 32")]
    TooManyV4,
    /// Too many bits for the family (the full length is refused too).
    #[error("IPv6 mask bits must be < 128")]
    TooManyV6,
    /// Does not look like an address.
    #[error("Nonstandard IP address: {0}")]
    Nonstandard(String),
    /// Looks like an address and is none.
    #[error("Invalid IP address: {0}")]
    Invalid(String),
}

impl Address {
    /// The address a text spells, if any.
    pub fn parse(text: &str) -> Option<Address> {
        if looks_like_v4(text) {
            return parse_v4(text);
        }
        if looks_like_v6(text) { parse_v6(text) } else { None }
    }
}

impl Network {
    /// Reads `address/bits`; bits of the address beyond the mask are ignored.
    pub fn parse(text: &str) -> Result<Network, CidrError> {
        // Java's `split` drops empty parts at the end, so `10.0.0.0/` has one part.
        let parts: Vec<&str> = text.trim_end_matches('/').split('/').listed();
        let [address, bits] = parts.as_slice() else { return Err(CidrError::Slash) };
        let bits: i32 = bits.parse().map_err(|_| CidrError::NotAnInteger)?;
        let bits = u32::try_from(bits).map_err(|_| CidrError::Negative)?;
        if !looks_like_v4(address) && !looks_like_v6(address) {
            return Err(CidrError::Nonstandard((*address).to_owned()));
        }
        match Address::parse(address) {
            None => Err(CidrError::Invalid((*address).to_owned())),
            Some(Address::V4(_)) if bits > 31 => Err(CidrError::TooManyV4),
            Some(Address::V6(_)) if bits > 127 => Err(CidrError::TooManyV6),
            Some(address) => Ok(Network { address, bits }),
        }
    }

    /// The network of one address alone.
    pub fn only(address: Address) -> Network {
        Network { address, bits: if matches!(address, Address::V4(_)) { 32 } else { 128 } }
    }

    /// The IPv4 addresses as IPv6 spells them, if a network of IPv6 seems to hold them.
    pub fn mapped(&self) -> Option<Network> {
        let mapped = Network { address: Address::V6(0xffff << 32), bits: 96 };
        (self.bits <= 96 && self.contains(mapped.address)).then_some(mapped)
    }

    /// Its address and how many bits of that count.
    pub fn parts(&self) -> (Address, u32) {
        (self.address, self.bits)
    }

    /// Whether an address lies in the network.
    pub fn contains(&self, address: Address) -> bool {
        match (self.address, address) {
            (Address::V4(a), Address::V4(b)) => (a ^ b).checked_shr(32 - self.bits).unwrap_or(0) == 0,
            (Address::V6(a), Address::V6(b)) => (a ^ b).checked_shr(128 - self.bits).unwrap_or(0) == 0,
            _ => false,
        }
    }
}

fn looks_like_v4(text: &str) -> bool {
    // Most texts are none, and say so with their first character.
    text.bytes().all(|b| b == b'.' || b.is_ascii_digit())
        && text.split('.').count() == 4
        && text.split('.').all(|part| !part.is_empty())
}

fn looks_like_v6(text: &str) -> bool {
    text.bytes().all(|b| b == b':' || b.is_ascii_hexdigit()) && text.contains(':')
}

/// Java reads at most 15 characters as an IPv4 address, however many zeros lead.
fn parse_v4(text: &str) -> Option<Address> {
    if text.len() > 15 {
        return None;
    }
    let mut octets = [0u8; 4];
    for (octet, part) in octets.iter_mut().zip(text.split('.')) {
        *octet = part.parse().ok()?;
    }
    Some(Address::V4(Ipv4Addr::from(octets).to_bits()))
}

/// Java judges a group by its value, not by its length: `00001::` is `1::`.
fn parse_v6(text: &str) -> Option<Address> {
    let shorten = |group: &str| match group.trim_start_matches('0') {
        "" if group.is_empty() => String::new(),
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    let groups: Vec<String> = text.split(':').map(shorten).listed();
    let address: Ipv6Addr = groups.join(":").parse().ok()?;
    Some(address.to_ipv4_mapped().map_or(Address::V6(address.to_bits()), |v4| Address::V4(v4.to_bits())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_equal() {
        for (a, b) in [
            ("10.0.0.1", "010.0.0.1"),
            ("::1", "0:0:0:0:0:0:0:1"),
            ("FE80::1", "fe80::00001"),
            ("::ffff:a00:1", "10.0.0.1"),
        ] {
            assert_eq!(Address::parse(a), Address::parse(b));
            assert!(Address::parse(a).is_some());
        }
        for bad in ["10.0.0.256", ":", "1.2.3", "host", "::ffff:1.2.3.4", ":::"] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_network_holds_its_own_family_only() {
        let all = Network::parse("0.0.0.0/0").unwrap();
        assert!(all.contains(Address::parse("255.1.2.3").unwrap()));
        assert!(!all.contains(Address::parse("::1").unwrap()));
        let some = Network::parse("10.0.0.77/24").unwrap();
        assert!(some.contains(Address::parse("10.0.0.1").unwrap()));
        assert!(!some.contains(Address::parse("10.0.1.1").unwrap()));
    }
}
