//! Breaks a long title into balanced lines without splitting words.
//!
//! GB/T 9704-2012 7.3.1: a title that needs several lines keeps its words whole,
//! is well proportioned, and makes a trapezium or a diamond. Every position
//! between two characters gets a price; the cheapest set of breaks wins, where
//! unequal lines have a price of their own.

use crate::layout::{TITLE_SIZE, TYPE_WIDTH};
use crate::width::halves;

/// Halves of a title character that a line may have: what fits, less one
/// character, since digits are wider in some fonts than in Times New Roman.
const LINE: i32 = TYPE_WIDTH / (TITLE_SIZE * 5) - 2;
/// A line shorter than four characters looks like a remnant.
const SHORT: i32 = 8;
/// Price of a remnant line. It is below the price of a split word, which is worse.
const REMNANT: i32 = 600;
/// Price of a line more than needed.
const EXTRA_LINE: i32 = 300;
/// Price of a break before a conjunction.
const JOIN: i32 = 2;
/// Price of a break after the name of a body.
const BODY: i32 = 8;
/// Price of a break after a particle (的).
const PARTICLE: i32 = 15;
/// Price of a break after a date.
const DATE: i32 = 25;
/// Price of a break at the edge of a known word.
const EDGE: i32 = 40;
/// Price added to a break within quotes or brackets.
const QUOTED: i32 = 120;
/// Price of a break that nothing speaks for: it probably splits a word.
const UNKNOWN: i32 = 1500;
/// Price of a break that does split a known word.
const SPLIT_WORD: i32 = 4000;

/// Marks that a line may end with.
const AFTER: &str = "、，,；;：:》”’）)】〉";
/// Opening quotes and brackets.
const OPENING: &str = "《“‘（(【〈";
/// Closing quotes and brackets.
const CLOSING: &str = "》”’）)】〉";
/// Marks that may not begin a line, and particles that lean on the word before them.
const NOT_FIRST: &str = "、，,；;：:。！!？?》”’）)】〉％%…—·的之等度级";
/// Marks that may not end a line, and prefixes that lean on the word after them.
const NOT_LAST: &str = "《“‘（(【〈第·";
/// Conjunctions; they begin the new line.
const JOINS: [&str; 6] = ["以及", "及", "和", "与", "暨", "并"];

/// Words that official titles are made of. A title is broken at their edges and
/// never inside them. The words with 和, 与, 及 and 并 are here so that these
/// are not taken for conjunctions.
const WORDS: &str = "\
    关于 进一步 工作 情况 总结 报告 汇报 方案 计划 意见 通知 通报 请示 批复 \
    决定 决议 公告 通告 议案 纪要 要点 规划 办法 规定 细则 预案 制度 机制 体系 \
    清单 实施 建设 推进 开展 加强 做好 落实 完成 深化 促进 推动 印发 转发 调整 \
    召开 成立 贯彻 学习 宣传 教育 管理 治理 服务 发展 改革 监督 检查 考核 评估 \
    整治 整改 排查 专项 行动 活动 会议 主题 重点 项目 经济 社会 产业 农业 农村 \
    农民 乡村 振兴 乡村振兴 共同富裕 高质量 安全 生产 安全生产 生态 环境 环境保护 \
    人居环境 森林 防火 防汛 抗旱 基层 党建 党的 党风廉政 意识形态 精神文明 民主 \
    法治 政府 财政 预算 决算 民生 社会保障 医疗 卫生 平安 稳定 信访 矛盾 纠纷 \
    化解 巩固 拓展 脱贫攻坚 成果 衔接 有效 年度 上半年 下半年 季度 以来 和谐 \
    和平 普及 及时 参与 合并 领导 干部 群众 党员 代表 人大 政协 人民 试点 示范 \
    创建 先进 集体 个人 表彰 统计 调查 调研 问题 整体 全面 综合";

/// Ends of the names of bodies; a line ends well after them.
const BODIES: &str = "\
    人民政府 镇政府 乡政府 县政府 市政府 委员会 常务委员会 办公室 党委 街道办事处 \
    办事处 领导小组 指挥部 联席会议 村民委员会 居民委员会 党支部 党总支 代表大会";

/// Lines of a title. A line feed in it is the author's own break and is kept;
/// white space at a break is dropped.
pub(crate) fn lines(title: &str) -> Vec<String> {
    title.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(break_line).collect()
}

fn break_line(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let whole = vec![text.to_owned()];
    if width(&chars) <= LINE {
        return whole;
    }
    let prices = prices(&chars);
    let least = usize::try_from((width(&chars) + LINE - 1) / LINE).unwrap_or(1);
    let best = (least..least + 3)
        .filter_map(|count| {
            let (price, breaks) = cheapest(&chars, &prices, count)?;
            let extra = i32::try_from(count - least).unwrap_or(0) * EXTRA_LINE;
            Some((price + extra, breaks))
        })
        .min_by_key(|(price, _)| *price);
    // A single token wider than the line has no lawful break: the word processor wraps it.
    let Some((_, breaks)) = best else { return whole };
    let mut from = 0;
    breaks
        .into_iter()
        .map(|to| {
            let line: String = chars[from..to].iter().collect();
            from = to;
            line.trim().to_owned()
        })
        .collect()
}

fn width(chars: &[char]) -> i32 {
    let text: String = chars.iter().collect();
    text.trim().chars().map(halves).sum()
}

/// The cheapest way to cut into exactly `count` lines: its price and the ends of the lines.
fn cheapest(chars: &[char], prices: &[Option<i32>], count: usize) -> Option<(i32, Vec<usize>)> {
    let end = chars.len();
    let mean = width(chars) / i32::try_from(count).ok()?;
    // best[i]: the cheapest way to have cut chars[..i] into the lines so far.
    let mut best: Vec<Option<(i32, Vec<usize>)>> = vec![None; end + 1];
    best[0] = Some((0, Vec::new()));
    for line in 1..=count {
        let mut next: Vec<Option<(i32, Vec<usize>)>> = vec![None; end + 1];
        for (to, slot) in next.iter_mut().enumerate().skip(1) {
            if (line == count) != (to == end) {
                continue;
            }
            let Some(break_price) = (if to == end { Some(0) } else { prices[to] }) else {
                continue;
            };
            for from in (0..to).rev() {
                let wide = width(&chars[from..to]);
                if wide > LINE {
                    break;
                }
                let Some((before, ends)) = &best[from] else { continue };
                let uneven = (wide - mean) * (wide - mean) / 4;
                let remnant = if wide < SHORT { REMNANT } else { 0 };
                let price = before + break_price + uneven + remnant;
                if slot.as_ref().is_none_or(|(known, _)| price < *known) {
                    let mut ends = ends.clone();
                    ends.push(to);
                    *slot = Some((price, ends));
                }
            }
        }
        best = next;
    }
    best.pop().flatten()
}

/// The price of a break before each character; `None` where there must be none.
fn prices(chars: &[char]) -> Vec<Option<i32>> {
    let (inside, edge) = words(chars);
    let mut depth = 0;
    let mut prices = Vec::with_capacity(chars.len());
    for (at, c) in chars.iter().enumerate() {
        let price = (at > 0).then(|| price(chars, at, &inside, &edge)).flatten();
        prices.push(price.map(|price| if depth > 0 { price + QUOTED } else { price }));
        if OPENING.contains(*c) {
            depth += 1;
        } else if CLOSING.contains(*c) {
            depth -= 1;
        }
    }
    prices
}

fn price(chars: &[char], at: usize, inside: &[bool], edge: &[bool]) -> Option<i32> {
    let (before, after) = (chars[at - 1], chars[at]);
    let starts =
        |word: &str| word.chars().eq(chars[at..].iter().copied().take(word.chars().count()));
    let ends = |word: &str| {
        let count = word.chars().count();
        count <= at && word.chars().eq(chars[at - count..at].iter().copied())
    };
    if before.is_whitespace() {
        return Some(0);
    }
    // A number keeps its unit (2023年), and a Latin word its letters.
    if NOT_FIRST.contains(after)
        || NOT_LAST.contains(before)
        || before.is_ascii_digit()
        || (before.is_ascii_graphic() && after.is_ascii_graphic())
    {
        return None;
    }
    if AFTER.contains(before) || starts("关于") {
        return Some(0);
    }
    if OPENING.contains(after) {
        return Some(JOIN);
    }
    if inside[at] {
        return Some(SPLIT_WORD);
    }
    if ends("关于") || JOINS.iter().any(|join| ends(join) && !edge[at]) {
        return Some(UNKNOWN);
    }
    if JOINS.iter().any(|join| starts(join)) {
        return Some(JOIN);
    }
    let dated = at > 1 && chars[at - 2].is_ascii_digit();
    if (dated && matches!(before, '年' | '月' | '日')) || ends("年度") || ends("半年") {
        return Some(DATE);
    }
    if before == '的' {
        return Some(PARTICLE);
    }
    if BODIES.split(' ').any(ends) {
        return Some(BODY);
    }
    Some(if edge[at] { EDGE } else { UNKNOWN })
}

/// For each position: whether it lies inside a known word, and whether at the edge of one.
/// The longest word from the left wins.
fn words(chars: &[char]) -> (Vec<bool>, Vec<bool>) {
    let mut inside = vec![false; chars.len() + 1];
    let mut edge = vec![false; chars.len() + 1];
    let mut at = 0;
    while at < chars.len() {
        let found = WORDS
            .split(' ')
            .chain(BODIES.split(' '))
            .map(|word| (word, word.chars().count()))
            .filter(|(word, count)| word.chars().eq(chars[at..].iter().copied().take(*count)))
            .map(|(_, count)| count)
            .max();
        let Some(count) = found else {
            at += 1;
            continue;
        };
        inside[at + 1..at + count].fill(true);
        // The front of a body's tail (人民政府) belongs to the body's name.
        let tail =
            BODIES.split(' ').any(|body| body.chars().eq(chars[at..at + count].iter().copied()));
        if !tail {
            edge[at] = true;
        }
        edge[at + count] = true;
        at += count;
    }
    (inside, edge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(title: &str, expected: &[&str]) {
        assert_eq!(lines(title), expected, "{title}");
    }

    #[test]
    fn line_holds_nineteen_of_the_twenty_characters_that_fit() {
        assert_eq!(LINE, 38);
    }

    #[test]
    fn titles_break_between_words() {
        check("青石镇2023年工作总结", &["青石镇2023年工作总结"]);
        check(
            "十九个汉字的标题正好放满一行而不必分行",
            &["十九个汉字的标题正好放满一行而不必分行"],
        );
        check(
            "青石镇人民政府关于2023年工作情况的报告",
            &["青石镇人民政府关于2023年工作情况的报告"],
        );
        check(
            "青石镇人民政府关于2023年度工作总结和2024年工作计划的报告",
            &["青石镇人民政府关于2023年度工作总结", "和2024年工作计划的报告"],
        );
        check(
            "中共青石镇委员会青石镇人民政府关于2023年工作情况的报告",
            &["中共青石镇委员会青石镇人民政府", "关于2023年工作情况的报告"],
        );
        check(
            "中共青石镇委员会 青石镇人民政府关于2023年工作情况的报告",
            &["中共青石镇委员会 青石镇人民政府", "关于2023年工作情况的报告"],
        );
        check(
            "青石镇人民政府关于印发《青石镇森林防火应急预案》的通知",
            &["青石镇人民政府关于印发", "《青石镇森林防火应急预案》的通知"],
        );
        check(
            "青石镇关于巩固拓展脱贫攻坚成果、推进乡村振兴暨和谐平安建设工作的汇报",
            &["青石镇关于巩固拓展脱贫攻坚成果、", "推进乡村振兴暨和谐平安建设工作的汇报"],
        );
        check(
            "中共青石镇委员会青石镇人民政府关于2023年巩固拓展脱贫攻坚成果同乡村振兴有效衔接工作情况及2024年工作计划的报告",
            &[
                "中共青石镇委员会青石镇人民政府",
                "关于2023年巩固拓展脱贫攻坚成果",
                "同乡村振兴有效衔接工作情况",
                "及2024年工作计划的报告",
            ],
        );
    }

    #[test]
    fn authors_own_breaks_are_kept() {
        check("青石镇\n2023年工作总结", &["青石镇", "2023年工作总结"]);
        check("  ", &[]);
    }

    #[test]
    fn unknown_words_are_broken_near_the_middle() {
        check(
            "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥",
            &["甲乙丙丁戊己庚辛壬癸子", "丑寅卯辰巳午未申酉戌亥"],
        );
    }

    #[test]
    fn number_keeps_its_unit() {
        check(
            "甲乙丙丁戊己庚辛壬癸1234户甲乙丙丁戊己庚辛壬癸甲",
            &["甲乙丙丁戊己庚辛壬癸1234户", "甲乙丙丁戊己庚辛壬癸甲"],
        );
    }

    #[test]
    fn token_wider_than_the_line_is_left_alone() {
        let token = "x".repeat(60);
        check(&token, &[&token]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_line_fits(title in "[青石镇关于的年及、《》12a工作报告 ]{0,90}") {
            let lines = lines(&title);
            let kept: String = lines.concat().split_whitespace().collect();
            let given: String = title.split_whitespace().collect();
            prop_assert_eq!(kept, given);
            if lines.len() > 1 {
                for line in &lines {
                    prop_assert!(line.chars().map(halves).sum::<i32>() <= LINE, "{}", line);
                }
            }
        }
    }
}
