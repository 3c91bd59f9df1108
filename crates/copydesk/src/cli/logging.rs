//! Log lines on standard error.

use std::io::IsTerminal;

use anyhow::{Result, bail};
use tracing::level_filters::LevelFilter;

use super::arguments::Common;
use super::layers::{self, Layers};

/// Starts logging; a panic becomes a log line, as the page that made it becomes a reject.
///
/// # Errors
/// Where the format is neither text nor JSON.
pub(crate) fn start(common: &Common, layers: &Layers) -> Result<()> {
    let level = match (common.quiet, common.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::INFO,
        (false, 1) => LevelFilter::DEBUG,
        (false, _) => LevelFilter::TRACE,
    };
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let builder =
        tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level).with_ansi(colour);
    match layers.value(layers::LOG_FORMAT, common.log_format.clone()).0.as_str() {
        "text" => builder.with_target(false).compact().init(),
        "json" => builder.json().flatten_event(true).init(),
        other => bail!("log_format: expected text or json, found {other:?}"),
    }
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    Ok(())
}
