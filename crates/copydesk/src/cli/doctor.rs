//! `copydesk doctor`: can copydesk work here?

use copydesk::{Failure, Rules, Status, analysis};
use copydesk_types::Article;

/// Tries the rules and models on a sentence and tells what the machine offers.
pub(crate) fn doctor() -> Result<Status, Failure> {
    const SENTENCE: &str = "Exports of Vietnam rose 16.7% to US$1.6 billion in 2024.";
    let found = analysis::found(&Rules::load(), "doctor", Article::plain(SENTENCE.to_owned(), None));
    let works = found.is_ok_and(|story| !story.mentions.is_empty() && !story.quantities.is_empty());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    super::printed(|out| {
        writeln!(out, "version        {}", env!("COPYDESK_VERSION"))?;
        writeln!(out, "cores          {threads}")?;
        writeln!(out, "memory limit   {}", indicatif::HumanBytes(copydesk::default_limit()))?;
        writeln!(
            out,
            "rules, models  {}",
            if works { "read a sentence as they should" } else { "do not work" }
        )
    })?;
    Ok(if works { Status::Done } else { Status::Failed })
}
