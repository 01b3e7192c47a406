//! Rules on texts that nobody would write.

use std::path::Path;

/// Characters that the rules look at, in an order of no meaning.
const ALPHABET: &str = "一二十百第是的了在、，。；：（）()《》“”‘’…—-.,;:!?％% \n\u{3000}0123456789０Xx*_年月日号万千元个人村镇余多近约左右以上下减少倍评委被先进和等鎮(zhèn)问题计划家庭住址机密★";

/// A row of numbers that is the same on every run.
struct Row(u64);

impl Row {
    fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

/// Words that stand before a length, with nothing behind them.
#[test]
fn a_text_may_end_anywhere() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let rules = pack::load(&pack::read_directory(&base).unwrap(), &[]).unwrap().review;
    let texts = [
        "名单公示",
        "正常运行",
        "驻村三年",
        "共3",
        "公示期",
        "提前",
        "历时",
        "任职(村",
        "2年零",
        "截至2023年",
    ];
    for text in texts {
        let paper =
            review::Paper::new(text, &prose::Lexicon::default(), review::Setting::default());
        let length = text.chars().count();
        for finding in review::review(&paper, &rules, &[]) {
            assert!(finding.end <= length, "{finding:?} in {text}");
        }
    }
}

#[test]
fn findings_lie_inside_any_text() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pack");
    let files = pack::read_directory(&base).unwrap();
    let rules = pack::load(&files, &[]).unwrap().review;
    let alphabet: Vec<char> = ALPHABET.chars().collect();
    let mut row = Row(9704);
    let mut found = 0;
    for _ in 0..300 {
        let length = row.next(120);
        let text: String = (0..length).map(|_| alphabet[row.next(alphabet.len())]).collect();
        let paper =
            review::Paper::new(&text, &prose::Lexicon::default(), review::Setting::default());
        for finding in review::review(&paper, &rules, &[]) {
            assert!(
                finding.start < finding.end && finding.end <= length,
                "{finding:?} in {text:?}"
            );
            found += 1;
        }
    }
    assert!(found > 1000, "the alphabet no longer sets rules off: {found}");
}
