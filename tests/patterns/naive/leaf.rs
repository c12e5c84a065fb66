//! One leaf against one value.

use super::json::Json;
use super::number;

pub fn accepts_absence(leaf: &Json) -> bool {
    matches!(operator(leaf), Some(("exists", Json::Word("false"))))
}

pub fn test(leaf: &Json, value: &Json) -> bool {
    let Some((name, operand)) = operator(leaf) else { return plain(leaf, value) };
    match (name, operand, value) {
        ("exists", operand, _) => matches!(operand, Json::Word("true")),
        ("anything-but", Json::Object(nested), _) => {
            let (name, operands) = &nested[0];
            !items(operands).iter().any(|item| text_test(name, item, value))
        }
        ("anything-but", operands, _) => !items(operands).iter().any(|item| refused(item, value)),
        ("numeric", Json::Array(terms), Json::Number(found)) => numeric(terms, found),
        ("cidr", Json::Text(network), Json::Text(found)) => cidr(network, found),
        (name, operand, value) => text_test(name, operand, value),
    }
}

fn operator(leaf: &Json) -> Option<(&str, &Json)> {
    match leaf {
        Json::Object(members) => members.first().map(|(name, operand)| (name.as_str(), operand)),
        _ => None,
    }
}

fn items(operand: &Json) -> Vec<Json> {
    match operand {
        Json::Array(items) => items.clone(),
        one => vec![one.clone()],
    }
}

fn plain(leaf: &Json, value: &Json) -> bool {
    match (leaf, value) {
        (Json::Word(a), Json::Word(b)) => a == b,
        (Json::Number(a), Json::Number(b)) => number::equal(a, b),
        (Json::Text(a), Json::Text(b)) => a == b || matches!((address(a), address(b)), (Some(a), Some(b)) if a == b),
        _ => false,
    }
}

/// What `anything-but` refuses: numbers by value, not by text, and strings by their characters, not as addresses.
fn refused(item: &Json, value: &Json) -> bool {
    match (item, value) {
        (Json::Number(a), Json::Number(b)) => number::comparable(b).is_some_and(|b| Some(b) == number::comparable(a)),
        (Json::Text(a), Json::Text(b)) => a == b,
        _ => false,
    }
}

fn text_test(name: &str, operand: &Json, value: &Json) -> bool {
    let Json::Text(found) = value else { return false };
    let found: Vec<char> = found.chars().collect();
    match (name, operand) {
        ("prefix", Json::Text(text)) => found.starts_with(&characters(text)),
        ("suffix", Json::Text(text)) => found.ends_with(&characters(text)),
        ("prefix", Json::Object(inner)) => (0..=found.len()).any(|end| folded(&inner[0].1, &found[..end])),
        ("suffix", Json::Object(inner)) => (0..=found.len()).any(|start| folded(&inner[0].1, &found[start..])),
        ("equals-ignore-case", text) => folded(text, &found),
        ("exactly", Json::Text(text)) => found == characters(text),
        ("wildcard", Json::Text(text)) => wild(&characters(text), &found),
        _ => false,
    }
}

fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// Each character in lower case, in upper case, or as it is.
fn folded(text: &Json, found: &[char]) -> bool {
    let Json::Text(text) = text else { return false };
    spelt(&characters(text), found)
}

fn spelt(text: &[char], found: &[char]) -> bool {
    let Some((first, rest)) = text.split_first() else { return found.is_empty() };
    let mut forms: Vec<Vec<char>> = vec![first.to_lowercase().collect(), first.to_uppercase().collect(), vec![*first]];
    forms.sort();
    forms.dedup();
    forms.iter().any(|form| found.strip_prefix(&form[..]).is_some_and(|found| spelt(rest, found)))
}

fn wild(text: &[char], found: &[char]) -> bool {
    match text {
        [] => found.is_empty(),
        ['*', rest @ ..] => (0..=found.len()).any(|from| wild(rest, &found[from..])),
        ['\\', literal, rest @ ..] | [literal, rest @ ..] => found.first() == Some(literal) && wild(rest, &found[1..]),
    }
}

fn numeric(terms: &[Json], found: &str) -> bool {
    let Some(found) = number::comparable(found) else { return false };
    terms.chunks(2).all(|term| match term {
        [Json::Text(operator), Json::Number(operand)] => {
            number::holds(found, operator, number::comparable(operand).unwrap())
        }
        _ => false,
    })
}

/// An address as its bits.
fn address(text: &str) -> Option<Vec<bool>> {
    let groups = match text.contains('.') {
        true => v4(text)?,
        false => v6(text)?,
    };
    let mapped = groups.len() == 16 && groups[..10].iter().all(|byte| *byte == 0) && groups[10..12] == [255, 255];
    let bytes = if mapped { &groups[12..] } else { &groups[..] };
    Some(bytes.iter().flat_map(|byte| (0..8).map(move |bit| byte & (128 >> bit) != 0)).collect())
}

fn v4(text: &str) -> Option<Vec<u8>> {
    let parts: Vec<&str> = text.split('.').collect();
    let digits = parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    if parts.len() != 4 || !digits || text.len() > 15 {
        return None;
    }
    parts.iter().map(|part| part.parse::<u32>().ok().and_then(|part| u8::try_from(part).ok())).collect()
}

fn v6(text: &str) -> Option<Vec<u8>> {
    if !text.contains(':') || !text.chars().all(|c| c == ':' || c.is_ascii_hexdigit()) {
        return None;
    }
    let groups = |text: &str| -> Option<Vec<u8>> {
        if text.is_empty() {
            return Some(Vec::new());
        }
        let group = |group: &str| u128::from_str_radix(group, 16).ok().and_then(|it| u16::try_from(it).ok());
        Some(text.split(':').map(group).collect::<Option<Vec<u16>>>()?.iter().flat_map(|it| it.to_be_bytes()).collect())
    };
    match text.split("::").collect::<Vec<_>>()[..] {
        [all] => groups(all).filter(|bytes| bytes.len() == 16),
        [before, after] => {
            let (before, after) = (groups(before)?, groups(after)?);
            let missing = 16usize.checked_sub(before.len() + after.len()).filter(|missing| *missing >= 2)?;
            Some([before, vec![0; missing], after].concat())
        }
        _ => None,
    }
}

fn cidr(network: &str, found: &str) -> bool {
    let (network, bits) = network.split_once('/').unwrap();
    let (network, bits) = (address(network).unwrap(), bits.parse::<usize>().unwrap());
    address(found).is_some_and(|found| found.len() == network.len() && found[..bits] == network[..bits])
}
