//! How a command ends: what is printed, and the exit code.

use std::process::ExitCode;

use app::AppError;
use serde_json::Value;

/// What a command answers.
pub(crate) struct Outcome {
    /// For people.
    pub(crate) text: String,
    /// For programs.
    pub(crate) json: Value,
    /// Whether the answer is yes.
    pub(crate) good: bool,
    /// Whether some of what was given could not be read, whatever the answer is to the rest.
    partial: bool,
    /// One JSON a line, whatever was asked for.
    lines: Vec<Value>,
}

impl Outcome {
    /// One JSON a line.
    pub(crate) fn lines(lines: Vec<Value>) -> Outcome {
        Outcome { text: String::new(), json: Value::Null, good: true, partial: false, lines }
    }

    /// An answer.
    pub(crate) fn new(text: String, json: Value, good: bool) -> Outcome {
        Outcome { text, json, good, partial: false, lines: Vec::new() }
    }

    /// The answer, to only a part of what was given if `partial`.
    pub(crate) fn partial(self, partial: bool) -> Outcome {
        Outcome { partial, ..self }
    }
}

/// Why a command could not be carried out.
pub(crate) enum Failure {
    /// The product says no, with its reasons.
    App(Box<AppError>),
    /// The arguments do not make sense.
    Usage(String),
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Failure {
        Failure::App(Box::new(error))
    }
}

/// Prints the answer and gives the exit code.
pub(crate) fn finish(json: bool, result: Result<Outcome, Failure>) -> ExitCode {
    match result {
        Ok(outcome) => {
            let text = if !outcome.lines.is_empty() {
                outcome.lines.iter().map(|line| format!("{line}\n")).collect()
            } else if json {
                pretty(&outcome.json)
            } else {
                outcome.text
            };
            print_all(&text);
            match outcome {
                Outcome { partial: true, .. } => ExitCode::from(2),
                Outcome { good: true, .. } => ExitCode::SUCCESS,
                _ => ExitCode::from(1),
            }
        }
        Err(failure) => {
            let (message, code) = match &failure {
                Failure::App(error) => {
                    (app::causes(error.as_ref()), if error.is_refusal() { 1 } else { 2 })
                }
                Failure::Usage(message) => (message.clone(), 2),
            };
            if json {
                print_all(&format!("{:#}\n", serde_json::json!({ "error": message })));
            } else {
                eprintln!("{message}");
            }
            ExitCode::from(code)
        }
    }
}

/// JSON for programs, a key a line. It is written as a whole: `{:#}` gives the same, by way of the
/// formatter for each mark of it, should that ever fail.
fn pretty(json: &Value) -> String {
    let written = serde_json::to_string_pretty(json);
    written.map_or_else(|_| format!("{json:#}\n"), |text| text + "\n")
}

/// Prints without dying when the reader of a pipe has gone.
pub(crate) fn print_all(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
