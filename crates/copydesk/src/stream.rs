//! Items through threads with their order kept: each is read, worked on and written while others are.
//!
//! What is between reading and writing is bounded by a [`Budget`]: its limit decides how many items are under way at once,
//! and nothing else. What is written depends on neither that nor the threads.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::memory::Budget;

/// Items under way for each thread, at most: enough that none waits while a large one is worked on.
const ITEMS_PER_THREAD: usize = 256;

/// What the reader hands items to, with their bytes; breaks when nobody wants more.
pub(crate) type Sink<'a, T> = dyn FnMut(T, usize) -> ControlFlow<()> + 'a;

/// How many work at once, and how much memory the items that are under way may take, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Crew {
    /// Worker threads.
    pub threads: NonZeroUsize,
    /// Memory for items between reading and writing, in bytes.
    pub memory_limit: u64,
}

/// Runs `read`, which hands items to a sink, in one thread, `work` over the items in as many as the crew has, and `write`
/// over the results in the order of reading in this one. Ends early when `write` fails.
pub(crate) fn stream<T: Send, R: Send, E>(
    crew: Crew,
    read: impl FnOnce(&mut Sink<'_, T>) + Send,
    work: impl Fn(T) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let budget = Budget::new(crew.memory_limit, crew.threads.get() * ITEMS_PER_THREAD);
    let (to_work, items) = channel();
    let (to_write, results) = channel();
    let items = Mutex::new(items);
    thread::scope(|scope| {
        let (budget, items, work) = (&budget, &items, &work);
        scope.spawn(move || {
            let mut number = 0_u64;
            read(&mut |item, bytes| {
                let share = budget.take(bytes);
                number += 1;
                // The receiver is gone only when writing has failed.
                let sent = share.and_then(|share| to_work.send((number, share, item)).ok());
                if sent.is_some() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
        });
        for _ in 0..crew.threads.get() {
            let to_write = to_write.clone();
            scope.spawn(move || {
                let _last = CloseOnPanic(budget);
                while let Some((number, share, item)) = next(items) {
                    if to_write.send((number, share, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(to_write);
        // What came before its turn.
        let mut waiting = BTreeMap::new();
        let mut turn = 1;
        let written = results.into_iter().try_for_each(|(number, share, result)| {
            waiting.insert(number, (share, result));
            while let Some((share, result)) = waiting.remove(&turn) {
                write(result)?;
                budget.give_back(share);
                turn += 1;
            }
            Ok(())
        });
        budget.close();
        written
    })
}

/// Ends the reading where a thread fails, whose share is never given back.
struct CloseOnPanic<'a>(&'a Budget);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.close();
        }
    }
}

/// The next item that nobody works on.
fn next<T>(items: &Mutex<Receiver<T>>) -> Option<T> {
    items.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn crew(threads: usize, memory_limit: u64) -> Crew {
        Crew { threads: NonZeroUsize::new(threads).unwrap(), memory_limit }
    }

    #[test]
    fn order_is_kept_whatever_the_threads_and_the_memory() {
        for (threads, limit) in [(1, 0), (2, 1 << 20), (8, u64::MAX)] {
            let mut written = Vec::new();
            let all = stream(
                crew(threads, limit),
                |sink| {
                    for n in 0..5000_u32 {
                        if sink(n, 10_000).is_break() {
                            return;
                        }
                    }
                },
                |n| {
                    if n % 100 == 0 {
                        thread::sleep(std::time::Duration::from_micros(200));
                    }
                    n * 2
                },
                |n| {
                    written.push(n);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!(all, Ok(()));
            assert!(written.iter().copied().eq((0..5000).map(|n| n * 2)), "{threads} threads");
        }
    }

    #[test]
    fn no_more_items_are_under_way_than_the_memory_allows() {
        let under_way = AtomicUsize::new(0);
        let mut most = 0;
        let done: Result<(), ()> = stream(
            crew(4, 10 * Budget::share(1000)),
            |sink| {
                for _ in 0..300 {
                    under_way.fetch_add(1, Ordering::SeqCst);
                    if sink((), 1000).is_break() {
                        return;
                    }
                }
            },
            |()| (),
            |()| {
                most = most.max(under_way.fetch_sub(1, Ordering::SeqCst));
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        // The reader has counted one more that waits to be let in.
        assert!((1..=11).contains(&most), "{most} at once");
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_failed_worker_ends_everything() {
        let endless = |sink: &mut Sink<'_, u32>| while sink(1, 1 << 20).is_continue() {};
        let _ = stream(crew(2, 1 << 30), endless, |_| panic!("out of order"), |()| Ok::<(), ()>(()));
    }

    #[test]
    fn a_failed_write_ends_the_reading() {
        let failed = stream(
            crew(2, 1 << 30),
            |sink| while sink(1, 1 << 20).is_continue() {},
            |n: u32| n,
            |_| Err("full"),
        );
        assert_eq!(failed, Err("full"));
    }
}
