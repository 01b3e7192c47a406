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
