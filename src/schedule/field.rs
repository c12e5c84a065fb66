//! One field of a cron expression: a list of values, ranges and steps, as Quartz reads it.
//!
//! Traps, all recorded or Quartz's own: a range that ends before it begins wraps around (not in years); a step of 0 is none;
//! a step past the end leaves the first value; behind a name or a number anything may stand that is no operator; a step
//! behind a range of names is ignored; of `W` and `#` in a list only the lowest value counts.

/// A kind of field: what it is called, its least and greatest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub name: &'static str,
    pub least: i32,
    pub most: i32,
}

pub(super) const MINUTES: Kind = Kind { name: "minutes", least: 0, most: 59 };
pub(super) const HOURS: Kind = Kind { name: "hours", least: 0, most: 23 };
pub(super) const DAYS: Kind = Kind { name: "day of month", least: 1, most: 31 };
pub(super) const MONTHS: Kind = Kind { name: "month", least: 1, most: 12 };
pub(super) const WEEKDAYS: Kind = Kind { name: "day of week", least: 1, most: 7 };
pub(super) const YEARS: Kind = Kind { name: "year", least: 0, most: i32::MAX };

const MONTH_NAMES: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAY_NAMES: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// Values from `first` to `last`, each `step` after the one before. `first` to `last` may wrap around the field's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub first: i32,
    pub last: i32,
    pub step: i32,
}

const ALL_YEARS: Run = Run { first: 0, last: i32::MAX, step: 1 };

/// What a field says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Field {
    /// The values.
    pub runs: Vec<Run>,
    /// `?`
    pub open: bool,
    /// `L`, or `L-n`: days before the last of the month.
    pub last_day: Option<i32>,
    /// `W`
    pub nearest_weekday: bool,
    /// `nL` in days of the week.
    pub last_weekday: bool,
    /// `#n`
    pub nth: Option<i32>,
}

/// Reads a field. The text is in capitals.
pub(super) fn parse(text: &str, kind: Kind) -> Result<Field, String> {
    if (kind == DAYS || kind == WEEKDAYS) && text.contains('L') && text.contains(',') {
        return Err(format!("`L` cannot stand in a list ({})", kind.name));
    }
    if kind == WEEKDAYS && text.matches('#').count() > 1 {
        return Err("only one `#` can stand in the day of week".to_owned());
    }
    let mut field = Field::default();
    for item in text.split(',').filter(|item| !item.is_empty()) {
        read(item, kind, &mut field).ok_or_else(|| format!("`{item}` is not possible as {}", kind.name))?;
    }
    if field == Field::default() {
        return Err(format!("there is no value for {}", kind.name));
    }
    Ok(field)
}

fn read(item: &str, kind: Kind, field: &mut Field) -> Option<()> {
    let first = item.chars().next()?;
    let days = kind == DAYS || kind == WEEKDAYS;
    match first {
        '?' if days && item.chars().count() <= 2 => field.open = true,
        '*' | '/' => field.runs.push(every(item, kind)?),
        'L' if kind == WEEKDAYS && item == "L" => field.runs.push(single(7)),
        'L' if kind == DAYS => last_day(item.get(1..)?, field)?,
        'A'..='Z' => named(item, kind, field)?,
        '0'..='9' => numbered(item, kind, field)?,
        _ => return None,
    }
    Some(())
}

fn single(value: i32) -> Run {
    Run { first: value, last: value, step: 1 }
}

/// `*`, `*/n`, `/n`; anything else behind a star does not count.
fn every(item: &str, kind: Kind) -> Option<Run> {
    let rest = item.strip_prefix('*').unwrap_or(item);
    let step = match rest.strip_prefix('/') {
        Some(step) => step.parse().ok()?,
        None => 1,
    };
    Some(match (kind == YEARS, step <= 1) {
        (true, true) => ALL_YEARS,
        (true, false) => Run { first: 1970, last: kind.most, step },
        _ => Run { first: kind.least, last: kind.most, step: step.max(1) },
    })
}

/// Behind the `L` of a month: nothing, `W`, `-n`, `-nW`.
fn last_day(rest: &str, field: &mut Field) -> Option<()> {
    let (rest, weekday) = match rest.strip_suffix('W') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let before = match rest {
        "" => 0,
        _ => digits(rest.strip_prefix('-')?)?.0,
    };
    field.last_day = (before <= 30).then_some(before);
    field.nearest_weekday |= weekday;
    field.last_day.map(|_| ())
}

/// `MON`, `MON-FRI`, `MON#2`, `MONL`, `MONDAY`.
fn named(item: &str, kind: Kind, field: &mut Field) -> Option<()> {
    let names: &[&str] = match kind {
        MONTHS => &MONTH_NAMES,
        WEEKDAYS => &DAY_NAMES,
        _ => return None,
    };
    let number = |text: &str| {
        let found = names.iter().position(|name| text.get(..3) == Some(name))?;
        i32::try_from(found + 1).ok()
    };
    let value = number(item)?;
    let rest = item.get(3..)?;
    let run = match rest.chars().next() {
        Some('-') => Run { first: value, last: number(rest.get(1..)?)?, step: 1 },
        Some('#') if kind == WEEKDAYS => {
            field.nth = Some(nth(rest.get(1..)?)?);
            single(value)
        }
        Some('L') if kind == WEEKDAYS => {
            field.last_weekday = true;
            single(value)
        }
        _ => single(value),
    };
    field.runs.push(run);
    Some(())
}

/// `5`, `5-10`, `5-10/2`, `5/2`, `5W`, `5L`, `5#2`.
fn numbered(item: &str, kind: Kind, field: &mut Field) -> Option<()> {
    let (value, rest) = digits(item)?;
    if value < kind.least || value > kind.most {
        return None;
    }
    let run = match rest.chars().next() {
        // A flag of the wrong field does no harm: the whole is refused then.
        Some('L') => {
            field.last_weekday = true;
            (kind == WEEKDAYS).then_some(single(value))?
        }
        Some('W') => {
            field.nearest_weekday = true;
            (kind == DAYS).then_some(single(value))?
        }
        Some('#') => {
            field.nth = Some(nth(rest.get(1..)?)?);
            (kind == WEEKDAYS).then_some(single(value))?
        }
        Some('-') => range(value, rest.get(1..)?, kind)?,
        Some('/') => stepped(value, rest.get(1..)?, kind)?,
        _ => single(value),
    };
    field.runs.push(run);
    Some(())
}

fn range(first: i32, rest: &str, kind: Kind) -> Option<Run> {
    let (last, rest) = digits(rest)?;
    let step = match rest.strip_prefix('/') {
        Some(step) => digits(step)?.0,
        None => 1,
    };
    if last > kind.most || (last < first && kind == YEARS) {
        return None;
    }
    Some(if step == 0 { single(first) } else { Run { first, last, step } })
}

fn stepped(first: i32, rest: &str, kind: Kind) -> Option<Run> {
    let (step, behind) = digits(rest)?;
    // One digit and a letter is refused, more digits and a letter are not: so Quartz reads it.
    if rest.len() - behind.len() == 1 && !behind.is_empty() {
        return None;
    }
    Some(if step == 0 { single(first) } else { Run { first, last: kind.most, step } })
}

fn nth(text: &str) -> Option<i32> {
    text.parse().ok().filter(|nth| (1..=5).contains(nth))
}

/// The number at the beginning, and what stands behind it.
fn digits(text: &str) -> Option<(i32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, rest))
}

impl Field {
    /// The values as bits, for fields whose greatest value is below 64.
    pub(super) fn bits(&self, kind: Kind) -> u64 {
        let size = if kind.least == 0 { kind.most + 1 } else { kind.most };
        let mut bits = 0;
        for run in &self.runs {
            let last = if run.last < run.first { run.last + size } else { run.last };
            let mut value = run.first;
            while value <= last {
                let wrapped = if value > kind.most { value - size } else { value };
                bits |= 1u64 << wrapped.clamp(0, 63);
                value = value.saturating_add(run.step);
            }
        }
        bits
    }

    /// Whether this is `*` of years.
    pub(super) fn is_every_year(&self) -> bool {
        self.runs.contains(&ALL_YEARS)
    }

    /// Whether a value is among them, for fields that do not wrap around.
    pub(super) fn contains(&self, value: i32) -> bool {
        self.runs.iter().any(|run| {
            value >= run.first
                && value <= run.last
                && (i64::from(value) - i64::from(run.first)) % i64::from(run.step) == 0
        })
    }
}
