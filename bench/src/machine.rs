//! What the numbers were measured on.

use std::fs::read_to_string;

/// Prints processors, load and memory, as far as Linux tells.
pub(crate) fn print() {
    let cpu = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|l| l.strip_prefix("model name"))
        .map_or("unknown", |l| l.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').take(3).collect::<Vec<_>>().join(" ");
    println!("machine: {model}, {cores} cores, load {load}");
    if cfg!(debug_assertions) {
        println!("warning: not a release build; these numbers mean nothing");
    }
}

/// Processor time that this program has taken so far, in milliseconds; 0 where Linux does not
/// tell.
pub(crate) fn cpu() -> u64 {
    let stat = read_to_string("/proc/self/stat").unwrap_or_default();
    // User and system time in hundredths of a second, after the name in parentheses.
    let fields = stat.rsplit(')').next().unwrap_or_default().split(' ').skip(12).take(2);
    fields.filter_map(|field| field.parse::<u64>().ok()).sum::<u64>() * 10
}
