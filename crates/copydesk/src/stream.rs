//! Batches through threads with their order kept: while one is worked on, the next is read and the last one written.

use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

use crate::status::{Failure, Status};

/// Items of a batch, at most. Neither this nor [`BATCH_BYTES`] hangs on the machine: where batches are cut shows in
/// nothing that is written, but in how much memory they take.
const BATCH_ITEMS: usize = 512;
/// Bytes of a batch, over which it is closed.
const BATCH_BYTES: usize = 16 << 20;

/// So many worker threads.
pub(crate) fn pool(threads: usize) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| Failure::new(Status::Failed, e))
}

/// What the reader hands items to; breaks when nobody wants more.
pub(crate) type Sink<'a, T> = dyn FnMut(T, usize) -> ControlFlow<()> + 'a;

/// Runs `read` (which hands items with their size in bytes to a sink) in one thread, `work` over the items of each batch
/// in parallel, and `write` over the results in the order of reading in another thread. Ends early when `write` fails.
pub(crate) fn stream<T: Send, R: Send, E: Send>(
    pool: &rayon::ThreadPool,
    read: impl FnOnce(&mut Sink<'_, T>) + Send,
    work: impl Fn(T) -> R + Sync,
    write: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E> {
    let (to_work, batches) = sync_channel::<Vec<T>>(1);
    let (to_write, results) = sync_channel::<Vec<R>>(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut batch = Vec::new();
            let mut bytes = 0;
            read(&mut |item, size| {
                batch.push(item);
                bytes += size;
                if batch.len() < BATCH_ITEMS && bytes < BATCH_BYTES {
                    return ControlFlow::Continue(());
                }
                bytes = 0;
                // The receiver is gone only when writing has failed.
                to_work.send(std::mem::take(&mut batch)).map_or(ControlFlow::Break(()), ControlFlow::Continue)
            });
            let _ = to_work.send(batch);
        });
        let writer = scope.spawn(move || {
            let mut write = write;
            results.into_iter().flatten().try_for_each(&mut write)
        });
        for batch in batches {
            let done = pool.install(|| batch.into_par_iter().map(&work).collect());
            if to_write.send(done).is_err() {
                break;
            }
        }
        drop(to_write);
        writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_whatever_the_threads() {
        for threads in [1, 2, 8] {
            let mut written = Vec::new();
            let all = stream(
                &pool(threads).unwrap(),
                |sink| {
                    for n in 0..5000_u32 {
                        if sink(n, 10_000).is_break() {
                            return;
                        }
                    }
                },
                |n| n * 2,
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
    fn a_failed_write_ends_the_reading() {
        let failed = stream(
            &pool(2).unwrap(),
            |sink| while sink(1, BATCH_BYTES).is_continue() {},
            |n: u32| n,
            |_| Err("full"),
        );
        assert_eq!(failed, Err("full"));
    }
}
