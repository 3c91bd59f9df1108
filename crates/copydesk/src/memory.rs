//! How much memory the process has taken.

/// Largest resident set of this process in bytes; 0 where the system doesn't tell.
pub(crate) fn peak_bytes() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse::<i64>().ok());
    kibibytes.map_or(0, |k| k * 1024)
}
