//! How far long work is, on the terminal, and Ctrl-C, which lets it end in good order: what was
//! half done is put away, and what was there before is untouched.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// Whether Ctrl-C was pressed.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// A bar. It is shown only on a terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar, and takes Ctrl-C as the wish to stop. Pressed again it ends the program.
    pub(crate) fn start() -> Progress {
        // Without the handler Ctrl-C ends the program at once, which harms nothing either.
        let _ = ctrlc::set_handler(|| {
            if STOPPED.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        let style = ProgressStyle::with_template("{msg} {bar:30} {percent:>3}% {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Progress { bar: ProgressBar::new(0).with_style(style) }
    }

    /// Shows how far the work is; `Break` once it is to stop.
    pub(crate) fn tell(&mut self, what: &str, done: u64, total: u64) -> ControlFlow<()> {
        if self.bar.message() != what {
            self.bar.set_message(what.to_owned());
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
        match STOPPED.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A number of bytes for people.
pub(crate) fn bytes(count: u64) -> String {
    indicatif::DecimalBytes(count).to_string()
}
