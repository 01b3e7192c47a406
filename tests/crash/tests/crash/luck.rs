//! Where chance strikes: seeded numbers, and the moments at which a victim is killed.

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Luck(u64);

impl Luck {
    pub(crate) fn new(seed: u64) -> Luck {
        Luck(seed)
    }

    /// A number below the end.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        // The constants are those of splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }
}

/// The seed of this run: that of `ZHENZHANG_SEED`, or another one each time, since where a kill
/// hits is chance all the same.
pub(crate) fn seed() -> u64 {
    static SEED: LazyLock<u64> = LazyLock::new(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.subsec_nanos());
        number("ZHENZHANG_SEED").unwrap_or(u64::from(now))
    });
    *SEED
}

/// How many times as often as by default things are killed. `ZHENZHANG_KILLS` says how many
/// kills there shall be in all.
pub(crate) fn kills(share: u64) -> u64 {
    /// Kills of a run in which nobody asks for more.
    const USUAL: u64 = 400;
    (share * number("ZHENZHANG_KILLS").unwrap_or(USUAL)).div_ceil(USUAL)
}

/// Whether more is asked for than a run by default has time for.
pub(crate) fn is_thorough() -> bool {
    number("ZHENZHANG_KILLS").is_some()
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// When a victim is killed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aim {
    /// So long after its start.
    After(Duration),
    /// Once it has acknowledged so many steps, and a little later. 0 is once it is ready.
    Acknowledged(u32, Duration),
    /// As it enters a system call, counted from its start, that changes a file or speaks to a
    /// server.
    Call(u64),
}

impl Aim {
    /// A moment of one sort after the other, for a victim that does so many steps, usually in
    /// this time and with about so many system calls.
    pub(crate) fn draw(
        luck: &mut Luck,
        round: u64,
        (steps, usual, calls): (u32, Duration, u64),
    ) -> Aim {
        let usual = u64::try_from(usual.as_micros()).unwrap_or(u64::MAX);
        let step = (usual / u64::from(steps)).max(3000);
        let mut acknowledged = |within: u64| {
            let count = luck.below(u64::from(steps.min(5))) as u32;
            Aim::Acknowledged(count, Duration::from_micros(luck.below(within)))
        };
        match round % 4 {
            0 => Aim::After(Duration::from_micros(luck.below(usual))),
            1 => acknowledged(1),
            2 => acknowledged(step),
            _ if can_trace() => Aim::Call(luck.below(calls) + 1),
            _ => acknowledged(1000),
        }
    }
}

/// Whether system calls can be traced. Where not, kills aimed by time take their place.
pub(crate) fn can_trace() -> bool {
    static CAN: LazyLock<bool> = LazyLock::new(|| {
        let mut strace = std::process::Command::new("strace");
        let strace = strace.args(["-o", "/dev/null", "true"]).stderr(std::process::Stdio::null());
        let can = Path::new("/proc/self").exists() && strace.status().is_ok_and(|s| s.success());
        if !can {
            say(
                "没有 strace,或不准跟踪进程:按系统调用打断和注入磁盘错误的测试以随机时刻代替或跳过",
            );
        }
        can
    });
    *CAN
}

/// Tells the person who runs the tests something: not through `eprintln`, which the test runner
/// keeps to itself as long as the test passes.
pub(crate) fn say(message: &str) {
    use std::io::Write;
    // Where there is no standard error there is nobody to be told.
    let _ = writeln!(std::io::stderr(), "{message}");
}
