//! Many short lists of numbers. Most hold one, which needs no memory of its own.
//!
//! A list is known by a `u32`: [`NONE`] is empty, with the highest bit set it is its only number, else the place of a
//! vector. Numbers are below 2^31.

use super::interner::NONE;

const ONE: u32 = 1 << 31;

/// The lists that hold more than one number.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<Vec<u32>>,
    free: Vec<u32>,
}

impl Lists {
    /// The numbers of a list. `single` lends the room for the only one.
    #[inline]
    pub(super) fn get<'a>(&'a self, list: u32, single: &'a mut u32) -> &'a [u32] {
        if list == NONE {
            return &[];
        }
        if list & ONE != 0 {
            *single = list & !ONE;
            return std::slice::from_ref(single);
        }
        self.lists.get(list as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The list with one more number.
    pub(super) fn push(&mut self, list: u32, number: u32) -> u32 {
        if list == NONE {
            return number | ONE;
        }
        if list & ONE == 0 {
            if let Some(list) = self.lists.get_mut(list as usize) {
                list.push(number);
            }
            return list;
        }
        let both = vec![list & !ONE, number];
        match self.free.pop() {
            Some(free) => {
                if let Some(slot) = self.lists.get_mut(free as usize) {
                    *slot = both;
                }
                free
            }
            None => {
                self.lists.push(both);
                u32::try_from(self.lists.len() - 1).unwrap_or(NONE)
            }
        }
    }

    /// The list without the number, wherever it stands, once.
    pub(super) fn remove(&mut self, list: u32, number: u32) -> u32 {
        if list == NONE || list == number | ONE {
            return NONE;
        }
        let Some(numbers) = self.lists.get_mut(list as usize).filter(|_| list & ONE == 0) else { return list };
        if let Some(at) = numbers.iter().position(|other| *other == number) {
            numbers.swap_remove(at);
        }
        match numbers.as_slice() {
            [] => {
                self.free.push(list);
                NONE
            }
            [only] => {
                let only = *only;
                *numbers = Vec::new();
                self.free.push(list);
                only | ONE
            }
            _ => list,
        }
    }

    /// Bytes on the heap.
    pub(super) fn size(&self) -> usize {
        self.lists.capacity() * size_of::<Vec<u32>>() + self.lists.iter().map(|list| list.capacity() * 4).sum::<usize>()
    }
}
