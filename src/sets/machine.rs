//! A shape as a machine that reads a text letter by letter.
//!
//! A machine may be at several places at once; a place is a small number that means something to its machine alone. Texts
//! are chains of nodes. Addresses are read by rules, because written out their spellings would be thousands of nodes:
//! leading zeros, `::`, capital letters, and IPv4 addresses in IPv6 clothes are told in `ip`, which judges; here is what
//! its judgement comes to, letter by letter, and a test holds the two together.

use crate::sets::Listed as _;

use super::ip::Address;
use super::strings::{Shape, Step};

/// A reader of one shape.
#[derive(Clone, Debug)]
pub(super) enum Machine {
    Nodes(Vec<Node>),
    V4(V4),
    V6(V6),
}

/// A place between two letters of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// Any letter leads back to it.
    run: bool,
    edges: Vec<(char, u16)>,
    end: bool,
}

/// The most nodes of one text.
const LONGEST: usize = 60_000;

impl Machine {
    /// The machines of a shape, one of which must end. None for texts that are too long.
    pub(super) fn of(shape: &Shape) -> Option<Vec<Machine>> {
        Some(match shape {
            Shape::Text(steps) => vec![Machine::Nodes(text(steps)?)],
            Shape::Number => vec![Machine::Nodes(number())],
            Shape::Address(network) => match network.parts() {
                (Address::V4(address), bits) => {
                    let mapped = V6 { address: (0xffff << 32) | u128::from(address), bits: 96 + bits };
                    vec![Machine::V4(V4::new(address, bits)), Machine::V6(mapped)]
                }
                (Address::V6(address), bits) => vec![Machine::V6(V6 { address, bits })],
            },
        })
    }

    pub(super) fn start(&self) -> Vec<u16> {
        match self {
            Machine::Nodes(_) | Machine::V4(_) => vec![0],
            Machine::V6(_) => vec![V6::BEGIN],
        }
    }

    /// Adds the places where a letter leads to.
    pub(super) fn next(&self, place: u16, letter: char, to: &mut Vec<u16>) {
        match self {
            Machine::Nodes(nodes) => {
                let Some(node) = nodes.get(place as usize) else { return };
                if node.run {
                    to.push(place);
                }
                to.extend(node.edges.iter().filter(|(edge, _)| *edge == letter).map(|(_, next)| *next));
            }
            Machine::V4(v4) => to.extend(v4.next(place, letter)),
            Machine::V6(v6) => v6.next(place, letter, to),
        }
    }

    /// Whether the text may end here.
    pub(super) fn ends(&self, place: u16) -> bool {
        match self {
            Machine::Nodes(nodes) => nodes.get(place as usize).is_some_and(|node| node.end),
            Machine::V4(_) => V4::ends(place),
            Machine::V6(_) => V6::ends(place),
        }
    }

    /// Adds the letters that are told apart here.
    pub(super) fn letters(&self, place: u16, letters: &mut Vec<char>) {
        match self {
            Machine::Nodes(nodes) => {
                letters.extend(nodes.get(place as usize).into_iter().flat_map(|node| &node.edges).map(|edge| edge.0));
            }
            Machine::V4(_) => letters.extend(('0'..='9').chain(['.'])),
            Machine::V6(_) => letters.extend(('0'..='9').chain('a'..='f').chain('A'..='F').chain([':'])),
        }
    }
}

fn text(steps: &[Step]) -> Option<Vec<Node>> {
    let mut nodes = vec![Node::default()];
    let mut at = 0usize;
    for step in steps {
        match step {
            Step::Run => nodes.get_mut(at)?.run = true,
            Step::OneOf(texts) => {
                if texts.iter().all(String::is_empty) {
                    continue;
                }
                let joint = nodes.len();
                nodes.push(Node::default());
                for text in texts {
                    let mut from = at;
                    let mut letters = text.chars().peekable();
                    while let Some(letter) = letters.next() {
                        let to = match letters.peek() {
                            None => joint,
                            Some(_) => {
                                nodes.push(Node::default());
                                nodes.len() - 1
                            }
                        };
                        nodes.get_mut(from)?.edges.push((letter, u16::try_from(to).ok()?));
                        from = to;
                    }
                    if nodes.len() > LONGEST {
                        return None;
                    }
                }
                at = joint;
            }
        }
    }
    nodes.get_mut(at)?.end = true;
    Some(nodes)
}

/// The grammar of JSON numbers; an `1` stands for all digits from there on.
fn number() -> Vec<Node> {
    const EDGES: [&[(&str, u16)]; 9] = [
        &[("-", 1), ("0", 2), ("123456789", 3)],
        &[("0", 2), ("123456789", 3)],
        &[(".", 4), ("eE", 6)],
        &[("0123456789", 3), (".", 4), ("eE", 6)],
        &[("0123456789", 5)],
        &[("0123456789", 5), ("eE", 6)],
        &[("+-", 7), ("0123456789", 8)],
        &[("0123456789", 8)],
        &[("0123456789", 8)],
    ];
    let node = |(index, edges): (usize, &&[(&str, u16)])| {
        let edges = edges.iter().flat_map(|(letters, to)| letters.chars().map(|letter| (letter, *to)));
        Node { run: false, edges: edges.listed(), end: matches!(index, 2 | 3 | 5 | 8) }
    };
    EDGES.iter().enumerate().map(node).listed()
}

/// Four groups of decimal digits, at most 15 letters together.
#[derive(Clone, Debug)]
pub(super) struct V4 {
    /// For each group the least and the greatest value.
    groups: [(u16, u16); 4],
}

impl V4 {
    /// No digit of the group was read.
    const NO_DIGIT: u16 = 256;

    fn new(address: u32, bits: u32) -> V4 {
        let free = u32::MAX.checked_shr(bits).unwrap_or(0);
        let (low, high) = ((address & !free).to_be_bytes(), (address | free).to_be_bytes());
        let mut groups = [(0, 0); 4];
        for (group, (low, high)) in groups.iter_mut().zip(low.iter().zip(high)) {
            *group = (u16::from(*low), u16::from(high));
        }
        V4 { groups }
    }

    /// A place is the group, how many letters were read, and the group's value so far. The beginning is 0: group 0, no
    /// letters; the value counts only when letters were read.
    fn next(&self, place: u16, letter: char) -> Option<u16> {
        let (group, read, value) = V4::parts(place);
        if read == 15 {
            return None;
        }
        let (low, high) = *self.groups.get(group as usize)?;
        let (group, value) = match letter.to_digit(10) {
            None if letter == '.' && group < 3 && value < V4::NO_DIGIT && (low..=high).contains(&value) => {
                (group + 1, V4::NO_DIGIT)
            }
            None => return None,
            Some(digit) => {
                let before = if value == V4::NO_DIGIT { 0 } else { value };
                let value = (before * 10 + digit as u16).min(256);
                let reaches = |least: u16, most: u16| least <= high && most >= low;
                let open = value == 0
                    || value > 255
                    || reaches(value, value)
                    || reaches(value * 10, value * 10 + 9)
                    || reaches(value * 100, value * 100 + 99);
                (value <= 255 && open).then_some((group, value))?
            }
        };
        let place = (group << 13) | ((read + 1) << 9) | value;
        // Groups need two bits, letters four, values nine; an end in range is told by one more.
        let (low, high) = *self.groups.get(group as usize)?;
        Some(if group == 3 && (low..=high).contains(&value) { place | 1 << 15 } else { place })
    }

    fn parts(place: u16) -> (u16, u16, u16) {
        match place {
            0 => (0, 0, V4::NO_DIGIT),
            _ => ((place >> 13) & 3, (place >> 9) & 15, place & 511),
        }
    }

    fn ends(place: u16) -> bool {
        place >> 15 == 1
    }
}

/// Eight groups of hex digits; one `::` may stand for groups of zeros.
#[derive(Clone, Debug)]
pub(super) struct V6 {
    address: u128,
    bits: u32,
}

/// What was just read of an IPv6 address. The number is part of a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing, or a colon behind a group: a digit must come, or the second colon of `::`.
    Colon = 0,
    /// `::`: digits of a group may come.
    Gap = 1,
    /// Only zeros of a group, and others will come.
    Zeros = 2,
    /// The group's digits down to this one.
    Digits = 3,
}

impl V6 {
    const BEGIN: u16 = u16::MAX;
    /// One colon at the very beginning.
    const FIRST_COLON: u16 = u16::MAX - 1;

    fn place(phase: Phase, group: u32, digits: u32, gap: u16) -> u16 {
        ((phase as u16) << 8) | ((group as u16) << 4) | ((digits as u16) << 1) | gap
    }

    fn ends(place: u16) -> bool {
        let (group, digits) = ((place >> 4) & 15, (place >> 1) & 7);
        match place >> 8 {
            1 => group == 8,
            3 => group == 7 && digits == 4,
            _ => false,
        }
    }

    /// Whether the network allows this digit there.
    fn allows(&self, group: u32, digit: u32, value: u32) -> bool {
        let from = group * 16 + digit * 4;
        let fixed = self.bits.saturating_sub(from).min(4);
        let own = (self.address >> (124 - from)) as u32 & 15;
        (own ^ value) >> (4 - fixed) == 0
    }

    fn next(&self, place: u16, letter: char, to: &mut Vec<u16>) {
        let value = letter.to_digit(16).filter(|_| letter.is_ascii());
        match (place, value) {
            (V6::BEGIN, Some(value)) => self.begin(0, 0, value, to),
            (V6::BEGIN, None) if letter == ':' => to.push(V6::FIRST_COLON),
            (V6::FIRST_COLON, None) if letter == ':' => self.leap(0, to),
            (V6::BEGIN | V6::FIRST_COLON, _) => {}
            _ => {
                let (group, digits, gap) = (u32::from(place >> 4) & 15, u32::from(place >> 1) & 7, place & 1);
                match (place >> 8, value) {
                    (0 | 1, Some(value)) if group < 8 => self.begin(group, gap, value, to),
                    (2, Some(value)) => self.begin(group, gap, value, to),
                    (3, Some(value)) if digits < 4 && self.allows(group, digits, value) => {
                        to.push(V6::place(Phase::Digits, group, digits + 1, gap));
                    }
                    (3, None) if letter == ':' && digits == 4 && group < 7 => {
                        to.push(V6::place(Phase::Colon, group + 1, 0, gap));
                    }
                    (0, None) if letter == ':' && gap == 0 => self.leap(group, to),
                    _ => {}
                }
            }
        }
    }

    /// Reads the first digit of a group that is not a leading zero, or one more leading zero.
    fn begin(&self, group: u32, gap: u16, value: u32, to: &mut Vec<u16>) {
        if value == 0 {
            to.push(V6::place(Phase::Zeros, group, 0, gap));
        }
        for digit in 0..4 {
            if self.allows(group, digit, value) {
                to.push(V6::place(Phase::Digits, group, digit + 1, gap));
            }
            if !self.allows(group, digit, 0) {
                break;
            }
        }
    }

    /// `::` in place of this group and perhaps some more.
    fn leap(&self, group: u32, to: &mut Vec<u16>) {
        for zero in group..8 {
            if (0..4).any(|digit| !self.allows(zero, digit, 0)) {
                break;
            }
            to.push(V6::place(Phase::Gap, zero + 1, 0, 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ip::{Address, Network};
    use super::super::strings::Shape;
    use super::Machine;

    fn accepts(machines: &[Machine], text: &str) -> bool {
        machines.iter().any(|machine| {
            let mut places = machine.start();
            for letter in text.chars() {
                let mut next = Vec::new();
                places.iter().for_each(|place| machine.next(*place, letter, &mut next));
                places = next;
            }
            places.iter().any(|place| machine.ends(*place))
        })
    }

    #[test]
    fn machines_read_addresses_as_the_judge_does() {
        let networks =
            ["10.0.0.0/8", "10.1.128.0/20", "0.0.0.0/0", "192.168.1.77/31", "2001:db8::/33", "::/0", "fe80::12/127"];
        let texts = [
            "10.0.0.1",
            "010.0.0.1",
            "10.0.0.256",
            "0000000010.0.0.1",
            "00000010.0.0.1",
            "10.1.143.9",
            "10.1.144.9",
            "192.168.1.76",
            "192.168.1.78",
            "1.2.3",
            "1.2.3.",
            "1..2.3",
            "::",
            ":",
            ":::",
            "::1",
            "1::",
            "2001:db8::1",
            "2001:0DB8:8000::",
            "2001:00000db8::7",
            "2001:db8:7fff:1:2:3:4:5",
            "2001:db8:7fff:1:2:3:4:5:6",
            "2001:db8:7fff:1:2:3:4::",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::3::4",
            "1:2:3:4:5:6:7:",
            "::ffff:a00:1",
            "0:0:0:0:0:FFFF:0a00:0001",
            "fe80::0012",
            "fe80::13",
            "fe80:0:0:0:0:0:0:14",
            "x",
            "",
            "12345::",
            "::g",
            "0:0::0:0",
            "255.255.255.255",
            "0.0.0.0",
        ];
        for network in networks {
            let parsed = Network::parse(network).unwrap();
            let machines = Machine::of(&Shape::Address(parsed)).unwrap();
            for text in texts {
                let address = Address::parse(text);
                let mapped = text.contains(':') && matches!(address, Some(Address::V4(_)));
                let is_v6 = matches!(parsed.parts().0, Address::V6(_));
                // A network of IPv6 holds no mapped address; the machine reads them, and its users subtract them.
                if !(mapped && is_v6) {
                    let holds = address.is_some_and(|address| parsed.contains(address));
                    assert_eq!(accepts(&machines, text), holds, "{text} in {network}");
                }
            }
        }
    }
}
