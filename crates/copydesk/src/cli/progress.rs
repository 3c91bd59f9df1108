//! How far a run has come: a bar on a terminal, otherwise a log line now and then.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use copydesk::run::Progress;
use copydesk_types::Reject;
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Time between two log lines where there is no terminal.
const LOG_EVERY: Duration = Duration::from_secs(30);

/// A bar, or log lines.
pub(crate) struct Bars {
    bar: ProgressBar,
    started: Instant,
    logged: Mutex<Instant>,
    pages: AtomicU64,
    bytes: AtomicU64,
}

impl Bars {
    pub(crate) fn new(quiet: bool) -> Self {
        let target = if !quiet && std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let now = Instant::now();
        Self {
            bar: ProgressBar::with_draw_target(None, target),
            started: now,
            logged: Mutex::new(now),
            pages: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    fn rate(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64().max(1e-3);
        let bytes = self.bytes.load(Ordering::Relaxed) as f64;
        format!("{:.1} MB/s", bytes / 1e6 / seconds)
    }
}

impl Progress for Bars {
    fn begin(&self, pages: usize) {
        self.bar.set_length(pages as u64);
        let style = ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} pages  {msg}  {eta} left");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    }

    fn page(&self, bytes: usize) {
        let pages = self.pages.fetch_add(1, Ordering::Relaxed) + 1;
        let bytes = self.bytes.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        self.bar.inc(1);
        if !self.bar.is_hidden() {
            if pages.is_multiple_of(64) {
                self.bar.set_message(self.rate());
            }
        } else if let Ok(mut logged) = self.logged.try_lock()
            && logged.elapsed() >= LOG_EVERY
        {
            *logged = Instant::now();
            tracing::info!(
                pages,
                bytes,
                "{} pages, {}, {}",
                HumanCount(pages),
                HumanBytes(bytes),
                self.rate()
            );
        }
    }

    fn reject(&self, reject: &Reject) {
        self.bar.suspend(|| tracing::warn!(code = reject.code.name(), "{reject}"));
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
