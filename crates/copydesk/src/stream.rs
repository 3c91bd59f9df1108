//! Items through threads with their order kept: each is read, worked on and written while others are.
//!
//! What is between reading and writing is bounded by a [`Budget`]: its limit decides how many items are under way at once,
//! and nothing else. What is written depends on neither that nor the threads.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::memory::{Budget, largest_page};
use crate::status::{Failure, Status};

/// Items under way for each thread, at most: enough that none waits while a large one is worked on.
const ITEMS_PER_THREAD: usize = 256;

/// What the reader hands items to, with their bytes; breaks when nobody wants more.
pub(crate) type Sink<'a, T> = dyn FnMut(T, usize) -> ControlFlow<()> + 'a;

/// How many work at once, and how much memory the items that are under way may take, in bytes.
#[derive(Clone, Debug)]
pub struct Crew {
    pool: Arc<ThreadPool>,
    memory_limit: u64,
}

impl Crew {
    /// So many worker threads, and bytes of memory for items between reading and writing.
    ///
    /// # Errors
    /// Where the threads cannot be started.
    pub fn new(threads: NonZeroUsize, memory_limit: u64) -> Result<Self, Failure> {
        let pool = ThreadPoolBuilder::new().num_threads(threads.get()).build();
        let pool = pool.map_err(|error| Failure::new(Status::Failed, error))?;
        Ok(Self { pool: Arc::new(pool), memory_limit })
    }

    /// The largest page that fits into the memory, in bytes.
    pub fn largest_page(&self) -> u64 {
        largest_page(self.memory_limit)
    }

    /// Worker threads.
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }
}

/// Runs `read`, which hands items to a sink, in one thread, `work` over the items in the crew's, and `write` over the
/// results in the order of reading in this one. Ends early when `write` fails.
pub(crate) fn stream<T: Send, R: Send, E>(
    crew: &Crew,
    read: impl FnOnce(&mut Sink<'_, T>) + Send,
    work: impl Fn(T) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let budget = Budget::new(crew.memory_limit, crew.threads() * ITEMS_PER_THREAD);
    let (budget, work) = (&budget, &work);
    let (to_write, results) = channel();
    crew.pool.in_place_scope_fifo(|workers| {
        thread::scope(|scope| {
            scope.spawn(move || {
                let mut number = 0_u64;
                read(&mut |item, bytes| {
                    let Some(share) = budget.take(bytes) else { return ControlFlow::Break(()) };
                    number += 1;
                    let (number, to_write) = (number, to_write.clone());
                    workers.spawn_fifo(move |_| {
                        let _last = CloseOnPanic(budget);
                        if !budget.is_closed() {
                            // The receiver is gone only when writing has failed.
                            let _ = to_write.send((number, share, work(item)));
                        }
                    });
                    ControlFlow::Continue(())
                });
            });
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
            // What still waits to be worked on is dropped.
            budget.close();
            written
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn crew(threads: usize, memory_limit: u64) -> Crew {
        Crew::new(NonZeroUsize::new(threads).unwrap(), memory_limit).unwrap()
    }

    #[test]
    fn order_is_kept_whatever_the_threads_and_the_memory() {
        for (threads, limit) in [(1, 0), (2, 1 << 20), (8, u64::MAX)] {
            let mut written = Vec::new();
            let all = stream(
                &crew(threads, limit),
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
            &crew(4, 10 * Budget::share(1000)),
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
    #[should_panic(expected = "out of order")]
    fn a_failed_worker_ends_everything() {
        let endless = |sink: &mut Sink<'_, u32>| while sink(1, 1 << 20).is_continue() {};
        let _ = stream(&crew(2, 1 << 30), endless, |_| panic!("out of order"), |()| Ok::<(), ()>(()));
    }

    #[test]
    fn a_failed_write_ends_the_reading() {
        let failed = stream(
            &crew(2, 1 << 30),
            |sink| while sink(1, 1 << 20).is_continue() {},
            |n: u32| n,
            |_| Err("full"),
        );
        assert_eq!(failed, Err("full"));
    }
}
