//! `quamina` for Node: a room for texts, adding a pattern, matching an event. Errors are the number -1.

use quamina::Quamina;
use std::cell::RefCell;

thread_local! {
    static SET: RefCell<Option<Quamina<u32>>> = const { RefCell::new(None) };
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where up to so many bytes can be written.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *const u8 {
    ROOM.with_borrow_mut(|room| {
        room.resize(room.len().max(length), 0);
        room.as_ptr()
    })
}

/// Begins anew.
#[unsafe(no_mangle)]
pub extern "C" fn reset() {
    SET.set(Some(Quamina::new()));
}

/// Adds the pattern in the room.
#[unsafe(no_mangle)]
pub extern "C" fn add(id: u32, length: usize) -> i32 {
    ROOM.with_borrow(|room| {
        let pattern = std::str::from_utf8(&room[..length]).unwrap_or("");
        SET.with_borrow_mut(|set| match set.as_mut().map(|set| set.add_pattern(id, pattern)) {
            Some(Ok(())) => 0,
            _ => -1,
        })
    })
}

/// How many patterns the event in the room matches.
#[unsafe(no_mangle)]
pub extern "C" fn run(length: usize) -> i32 {
    ROOM.with_borrow(|room| {
        SET.with_borrow(|set| match set.as_ref().map(|set| set.matches_for_event(&room[..length])) {
            Some(Ok(found)) => found.len() as i32,
            _ => -1,
        })
    })
}
