//! How much memory there is, how much was taken, and how much may be under way at once.

use std::fs;
use std::sync::{Condvar, Mutex, PoisonError};

/// Memory that the analysis of a page takes, as a multiple of its bytes. Pages of 10 to 50 MB took from 5 times (markup) to
/// 48 times (one line of text with 62 findings a kilobyte).
const BYTES_PER_PAGE_BYTE: u64 = 48;

/// A page of so many bytes is worked on in any memory.
const LEAST_PAGE_BYTES: u64 = 1 << 20;

/// The largest page that can be worked on in so much memory, in bytes: a power of two, so that machines which differ by a
/// little take the same pages.
pub(crate) fn largest_page(memory_limit: u64) -> u64 {
    let fits = (memory_limit / BYTES_PER_PAGE_BYTE).max(LEAST_PAGE_BYTES);
    1 << fits.ilog2()
}

/// A limit on the memory that pages under way take together, and on their number.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: u64,
    items: usize,
    taken: Mutex<Taken>,
    given_back: Condvar,
}

/// What is under way.
#[derive(Debug, Default)]
struct Taken {
    bytes: u64,
    items: usize,
    closed: bool,
}

/// What a page takes of the budget, in bytes.
#[derive(Debug)]
pub(crate) struct Share(u64);

impl Budget {
    pub(crate) fn new(limit: u64, items: usize) -> Self {
        Self { limit, items, taken: Mutex::default(), given_back: Condvar::new() }
    }

    /// What a page of so many bytes takes.
    pub(crate) const fn share(page_bytes: usize) -> u64 {
        (page_bytes as u64).saturating_mul(BYTES_PER_PAGE_BYTE)
    }

    /// Waits until there is room for a page of so many bytes; one that is larger than the limit has to be alone. None where
    /// the budget was closed.
    pub(crate) fn take(&self, page_bytes: usize) -> Option<Share> {
        let share = Self::share(page_bytes);
        let full = |taken: &mut Taken| {
            let room = taken.bytes.saturating_add(share) <= self.limit && taken.items < self.items;
            !taken.closed && taken.items > 0 && !room
        };
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.given_back.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        taken.bytes += share;
        taken.items += 1;
        (!taken.closed).then_some(Share(share))
    }

    /// Makes room again.
    pub(crate) fn give_back(&self, Share(bytes): Share) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.bytes -= bytes;
        taken.items -= 1;
        self.given_back.notify_one();
    }

    /// Whether nothing more is wanted.
    pub(crate) fn is_closed(&self) -> bool {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).closed
    }

    /// Lets nobody wait any more.
    pub(crate) fn close(&self) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.given_back.notify_all();
    }
}

/// A quarter of the least of the machine's memory, the control group's limit and the process's address space.
pub fn default_limit() -> u64 {
    let machine = kibibytes("/proc/meminfo", "MemTotal:");
    let group =
        fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse().ok());
    let space = fs::read_to_string("/proc/self/limits").ok().and_then(|limits| {
        let line = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?.to_owned();
        line.split_whitespace().next()?.parse().ok()
    });
    const UNKNOWN: u64 = 4 << 30;
    [machine, group, space].into_iter().flatten().min().unwrap_or(UNKNOWN) / 4
}

/// Largest resident set of this process in bytes; 0 where the system doesn't tell.
pub(crate) fn peak_bytes() -> i64 {
    kibibytes("/proc/self/status", "VmHWM:").and_then(|bytes| i64::try_from(bytes).ok()).unwrap_or(0)
}

/// The bytes that a line `name  1234 kB` of a file of the kernel tells.
fn kibibytes(path: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_large_as_its_work_fits_into_the_memory() {
        for (limit, largest) in
            [(0, 1 << 20), (64 << 20, 1 << 20), (128 << 20, 2 << 20), (6 << 30, 128 << 20)]
        {
            assert_eq!(largest_page(limit), largest, "{limit}");
            assert!(largest == LEAST_PAGE_BYTES || Budget::share(largest as usize) <= limit);
        }
    }
}
