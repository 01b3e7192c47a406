//! Alternating rounds of ours and a floor.

use std::time::{Duration, Instant};

/// Result type of everything here.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Runs ours and the floor in turn and prints medians, ratio and goal. Gives both medians.
pub(crate) fn compare(
    name: &str,
    goal: &str,
    rounds: usize,
    mut ours: impl FnMut() -> Outcome<()>,
    floor_name: &str,
    mut floor: impl FnMut() -> Outcome<()>,
) -> Outcome<()> {
    let (mut our_times, mut floor_times) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        our_times.push(timed(&mut ours)?);
        floor_times.push(timed(&mut floor)?);
    }
    let (our, low) = (median(&mut our_times), median(&mut floor_times));
    let ratio = our.as_micros() * 100 / low.as_micros().max(1);
    println!("\n{name}");
    println!("  ours   {} (best {})", shown(our), shown(our_times[0]));
    println!("  floor  {} (best {})  {floor_name}", shown(low), shown(floor_times[0]));
    println!("  ratio  {}.{:02}    goal {goal}    rounds {rounds}", ratio / 100, ratio % 100);
    Ok(())
}

fn timed(work: &mut impl FnMut() -> Outcome<()>) -> Outcome<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{:03} ms", micros / 1000, micros % 1000)
}
