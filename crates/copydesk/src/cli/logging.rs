//! Log lines on standard error.

use std::io::IsTerminal;

use anyhow::bail;
use copydesk::Failure;
use tracing::level_filters::LevelFilter;

use super::arguments::Common;
use super::layers::{self, Layers};

/// Starts logging; a panic becomes a log line, as the page that made it becomes a reject.
///
/// # Errors
/// Where the format is neither text nor JSON.
pub(crate) fn start(common: &Common, layers: &Layers) -> Result<(), Failure> {
    let level = match (common.quiet, common.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::INFO,
        (false, 1) => LevelFilter::DEBUG,
        (false, _) => LevelFilter::TRACE,
    };
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let builder =
        tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(level).with_ansi(colour);
    let json = layers.parsed(layers::LOG_FORMAT, common.log_format.clone(), |format| match format {
        "text" => Ok(false),
        "json" => Ok(true),
        other => bail!("expected text or json, found {other:?}"),
    })?;
    match json {
        Some(true) => builder.json().flatten_event(true).init(),
        _ => builder.with_target(false).compact().init(),
    }
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    Ok(())
}
