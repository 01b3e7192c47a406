//! The program `zhenzhang`: the verbs of the product in a terminal.
//!
//! Exit codes: 0 all well; 1 the answer is no (refuted, broken, rejected); 2 wrong use or
//! unreadable input.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that talks in a terminal")]

mod command;
mod context;
mod hidden;
mod language;
mod localise;
mod outcome;
mod past;
mod progress;

use std::process::ExitCode;

use context::Context;
use language::Language;
use outcome::Failure;

/// Most of a command's time goes into many small pieces, of texts and inside SQLite; the allocator
/// of the system took a quarter of it. Linked so that SQLite uses it too.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The arguments as texts; what is no text is told by the parser of the arguments.
fn arguments() -> impl Iterator<Item = String> {
    std::env::args_os().map(|argument| argument.to_string_lossy().into_owned())
}

fn main() -> ExitCode {
    let language = Language::from_arguments(arguments());
    let commands = command::all();
    let mut program = context::program(language);
    for command in &commands {
        program = program.subcommand((command.describe)(language));
    }
    let matches = match localise::command(program, language).try_get_matches() {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => {
            // A closed pipe is the reader's choice, not a failure of ours.
            outcome::print_all(&localise::help(&error, language));
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            let json = arguments().any(|a| a == "--json");
            return outcome::finish(json, Err(Failure::Usage(localise::error(&error, language))));
        }
    };
    let Some((name, rest)) = matches.subcommand() else { return ExitCode::from(2) };
    let Some(command) = commands.iter().find(|c| (c.describe)(language).get_name() == name) else {
        return ExitCode::from(2);
    };
    hidden::tell(rest);
    let (json, result) = match Context::new(rest) {
        Ok(context) => {
            let asked = past::check(&context, name, rest);
            (context.json, asked.and_then(|()| (command.run)(&context, rest)))
        }
        Err(failure) => (rest.get_flag("json"), Err(failure)),
    };
    outcome::finish(json, result)
}
