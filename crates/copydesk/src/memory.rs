//! How much memory there is, how much was taken, and who may take how much at once.

use std::fs;
use std::sync::{Condvar, Mutex, PoisonError};

/// Memory that the analysis of a page takes, as a multiple of its bytes. Pages of 10 to 50 MB took from 5 times (markup) to
/// 48 times (one line of text with 62 findings a kilobyte).
const BYTES_PER_PAGE_BYTE: u64 = 48;

/// A limit on the memory that pages in work take together. It decides how many are worked on at once, nothing else: what
/// is written does not depend on it.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: u64,
    taken: Mutex<u64>,
    given_back: Condvar,
}

impl Budget {
    pub(crate) const fn new(limit: u64) -> Self {
        Self { limit, taken: Mutex::new(0), given_back: Condvar::new() }
    }

    /// Works on a page of so many bytes when there is room for it; a page larger than the limit is worked on alone.
    pub(crate) fn within<T>(&self, page_bytes: usize, work: impl FnOnce() -> T) -> T {
        let share = (page_bytes as u64).saturating_mul(BYTES_PER_PAGE_BYTE).min(self.limit);
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self
            .given_back
            .wait_while(taken, |taken| *taken > 0 && *taken + share > self.limit)
            .unwrap_or_else(PoisonError::into_inner);
        *taken += share;
        drop(taken);
        let result = work();
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) -= share;
        self.given_back.notify_all();
        result
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
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn pages_in_work_stay_within_the_budget_and_a_huge_one_is_not_stuck() {
        let budget = Budget::new(100 * BYTES_PER_PAGE_BYTE);
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for page in [40, 40, 40, 5000, 40, 60] {
                let (budget, now, most) = (&budget, &now, &most);
                scope.spawn(move || {
                    budget.within(page, || {
                        let together = now.fetch_add(1, Ordering::SeqCst) + 1;
                        most.fetch_max(together, Ordering::SeqCst);
                        std::thread::sleep(std::time::Duration::from_millis(5));
                        now.fetch_sub(1, Ordering::SeqCst);
                    });
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 2);
    }
}
