//! A JSON reader for texts that are known to be good: numbers keep their text, duplicate names are kept.

#[derive(Clone, Debug)]
pub enum Json {
    Word(&'static str),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

pub fn read(text: &str) -> Json {
    let characters: Vec<char> = text.chars().collect();
    value(&characters, &mut 0)
}

fn value(text: &[char], at: &mut usize) -> Json {
    blanks(text, at);
    match text[*at] {
        '{' => {
            let mut members = Vec::new();
            list(text, at, '}', |at| {
                let name = string(text, at);
                blanks(text, at);
                *at += 1; // the colon
                members.push((name, value(text, at)));
            });
            Json::Object(members)
        }
        '[' => {
            let mut items = Vec::new();
            list(text, at, ']', |at| items.push(value(text, at)));
            Json::Array(items)
        }
        '"' => Json::Text(string(text, at)),
        't' => word(at, "true"),
        'f' => word(at, "false"),
        'n' => word(at, "null"),
        _ => {
            let start = *at;
            while *at < text.len() && "+-.eE0123456789".contains(text[*at]) {
                *at += 1;
            }
            Json::Number(text[start..*at].iter().collect())
        }
    }
}

fn list(text: &[char], at: &mut usize, end: char, mut item: impl FnMut(&mut usize)) {
    *at += 1;
    loop {
        blanks(text, at);
        if text[*at] == end {
            *at += 1;
            return;
        }
        if text[*at] == ',' {
            *at += 1;
            blanks(text, at);
        }
        item(at);
    }
}

fn word(at: &mut usize, word: &'static str) -> Json {
    *at += word.len();
    Json::Word(word)
}

fn blanks(text: &[char], at: &mut usize) {
    while " \t\r\n".contains(text[*at]) {
        *at += 1;
    }
}

fn string(text: &[char], at: &mut usize) -> String {
    *at += 1;
    let mut units: Vec<u16> = Vec::new();
    while text[*at] != '"' {
        let mut unescaped = text[*at];
        *at += 1;
        if unescaped == '\\' {
            let escape = text[*at];
            *at += 1;
            if escape == 'u' {
                let digits: String = text[*at..*at + 4].iter().collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap());
                *at += 4;
                continue;
            }
            unescaped = match escape {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                other => other,
            };
        }
        units.extend(unescaped.encode_utf16(&mut [0; 2]).iter());
    }
    *at += 1;
    // A lone half of a pair is a question mark.
    char::decode_utf16(units).map(|unit| unit.unwrap_or('?')).collect()
}
