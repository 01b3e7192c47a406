//! The developer's commands: `cargo xtask help`.
//!
//! Each command is a module. They only start other programs and read files, so that this
//! program itself compiles in seconds on a fresh machine.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that talks to its developer"
)]

mod corpus;
mod run;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo     set up and do the main job: the example town's workbooks to a proven report, in out/demo
                     准备环境并跑通全流程:示例镇的工作簿 → 核验过的年度报告(out/demo)
cargo xtask test     set up and run all tests: tidy, Rust suites, LibreOffice, browser
                     准备环境并运行全部测试
cargo xtask tidy     format, clippy, crate arrows, file sizes, headers, place names, links
cargo xtask corpus   the annotated claims of ../shared against the program, by kind
                     用 ../shared 里标注的表述核对程序,按性质列表
cargo xtask bench    benchmarks with their floors, in release
cargo xtask example  write the example town's workbooks again from its data file
cargo xtask bless    renew golden files, after you have read the difference
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("demo") => demo(&rest),
        Some("test") => test::run(),
        Some("tidy") => tidy::run(),
        Some("corpus") => corpus::run(),
        Some("bench") => bench(&rest),
        Some("example") => example(),
        Some("bless") => run::cargo(&["test", "--workspace", "--quiet"], &[("BLESS", "1")]),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            true
        }
        Some(other) => {
            eprintln!("没有命令“{other}”。\n{HELP}");
            false
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn demo(rest: &[&str]) -> bool {
    let mut arguments = vec!["run", "--release", "--package", "cli", "--", "demo"];
    if rest.contains(&"--out") {
        arguments.extend(rest);
    } else {
        arguments.extend(["--out", "out/demo"]);
        arguments.extend(rest);
    }
    run::cargo(&arguments, &[])
}

fn bench(rest: &[&str]) -> bool {
    let mut arguments = vec!["run", "--release", "--package", "bench", "--"];
    arguments.extend(rest);
    run::cargo(&arguments, &[])
}

fn example() -> bool {
    run::example_towns().iter().all(|town| {
        let town = town.display().to_string();
        run::cargo(&["run", "--quiet", "--package", "example-town", "--", &town], &[])
    })
}
