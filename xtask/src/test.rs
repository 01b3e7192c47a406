//! `cargo xtask test`: everything that must pass before a change lands.

use crate::{run, setup, tidy};

/// Runs all suites, going on after a failure so that one run shows all of them.
pub(crate) fn run() -> bool {
    let browser = run::root().join("tests/browser");
    let steps: [(&str, &dyn Fn() -> bool); 5] = [
        ("准备 setup", &|| {
            setup::peers();
            setup::programs() && setup::browser_driver(&browser)
        }),
        ("整洁 tidy", &tidy::run),
        ("示例数据 example workbooks", &example_is_current),
        ("Rust 测试 suites", &|| run::cargo(&["test", "--workspace", "--quiet"], &[])),
        ("浏览器测试 browser", &|| {
            run::program("node", &["--test", "--test-reporter=spec"], &[], &browser)
        }),
    ];
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("== {name}");
        if !step() {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("== 全部通过 all passed");
    } else {
        eprintln!("== 未通过 failed: {}", failed.join("; "));
    }
    failed.is_empty()
}

fn example_is_current() -> bool {
    run::example_towns().iter().all(|town| {
        let town = town.display().to_string();
        run::cargo(&["run", "--quiet", "--package", "example-town", "--", &town, "--check"], &[])
    })
}
